import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateChannelCommand,
  IvsClient,
  ListAdConfigurationsCommand,
  ListChannelsCommand,
  ListPlaybackKeyPairsCommand,
  ListRecordingConfigurationsCommand,
} from "@aws-sdk/client-ivs";
import { IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { costOf, mostUsed } from "#cli/doctor/probes/cost.ts";
import type { ProbeReport } from "#cli/doctor/probes/report.ts";
import { writeRunFile } from "#local/run-files.ts";
import { client, type OwnCloud, startOwnCloud } from "../../../local/fixture/own-cloud.ts";
import { startOnair } from "../../onair/fixture/onair-process.ts";
import { newFolder } from "../../onair/fixture/own-cloud.ts";

/** As if somebody had been killed long ago. */
const OLD = "onair-doctor-202001011200-0a0a";
/** Encoders look into it for ffmpeg, the test clip, and where the cloud takes streams. */
const folder = newFolder();

let own: OwnCloud;
let ivs: IvsClient;
let chat: IvschatClient;
let s3: S3Client;
let lambda: LambdaClient;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required", rates: "none" });
  await writeRunFile(join(folder, "run.json"), { pid: process.pid, ...own.cloud });
  const options = client(own.cloud, own.root);
  [ivs, chat, lambda] = [new IvsClient(options), new IvschatClient(options), new LambdaClient(options)];
  s3 = new S3Client({ ...options, forcePathStyle: true });
  // Somebody else's, and an old run's: both must be left alone.
  await ivs.send(new CreateChannelCommand({ name: "hall", tags: { "onair:environment": "dev" } }));
  await ivs.send(new CreateChannelCommand({ name: "old", tags: { "onair:doctor": OLD } }));
});
afterAll(async () => {
  for (const one of [ivs, chat, s3, lambda]) one?.destroy();
  await own[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Terraform's provider lives for seconds, and would spend a quarter of them collecting garbage. */
const GOGC = "400";

const onair = (...args: string[]) =>
  startOnair(["doctor", ...args, "--folder", folder], {
    environment: { ...own.cloud.environment, AWS_ENDPOINT_URL_IVSCHAT_MESSAGING: own.cloud.chatUrl, GOGC },
  });

/** The names of all that there is. */
async function left(): Promise<string[]> {
  const { channels = [] } = await ivs.send(new ListChannelsCommand({}));
  const { keyPairs = [] } = await ivs.send(new ListPlaybackKeyPairsCommand({}));
  const { recordingConfigurations = [] } = await ivs.send(new ListRecordingConfigurationsCommand({}));
  const { adConfigurations = [] } = await ivs.send(new ListAdConfigurationsCommand({}));
  const { rooms = [] } = await chat.send(new ListRoomsCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const named = [...channels, ...keyPairs, ...recordingConfigurations, ...adConfigurations, ...rooms];
  const names = named.map(({ name }) => name ?? "");
  const others = [...Buckets.map(({ Name = "" }) => Name), ...Functions.map(({ FunctionName = "" }) => FunctionName)];
  return [...names, ...others].sort();
}

const nobodys = ["hall", "old"];

/** Begins a run, waits until Terraform has made a room of it, and ends it by a signal; returns its name. */
async function broken(signal: "SIGINT" | "SIGKILL"): Promise<{ readonly run: string; readonly errors: string }> {
  const process = onair("--aws", "--i-pay");
  await process.said("makes a private channel");
  const [run = ""] = /onair-doctor-\d{12}-[0-9a-f]{4}/.exec(process.errors()) ?? [];
  let isOver = false;
  process.ended.then(() => {
    isOver = true;
  });
  while (!isOver && !(await left()).includes(`${run}-recording`)) await sleep(200);
  process.child.kill(signal);
  await process.ended;
  return { run, errors: process.errors() };
}

it("asks an account while another run is stopped, removes what it made and no more, and keeps a report", async () => {
  const run = onair("--aws", "--i-pay");
  const stopped = await broken("SIGINT");
  expect(stopped.errors).toMatch(/Stopped by you\..*INTERRUPTED\n$/s);
  expect((await left()).filter((name) => name.startsWith(stopped.run))).toEqual([]);

  const code = await run.ended;
  expect({ code, errors: run.errors() }).toMatchObject({ code: 0 });
  expect(await left()).toEqual(nobodys);
  expect(run.errors()).toContain(`${OLD} left 1 channel. If it is over, remove it: onair doctor --aws --sweep ${OLD}`);
  expect(run.output()).toMatch(/^Cost: 0\.0\d{3} USD, without what has no known price: .+\. Report: .+\.md\n$/);

  const kept = join(folder, "doctor");
  const [json = "", page = "", ...others] = readdirSync(kept).sort();
  expect(others).toEqual([]);
  const report: ProbeReport = JSON.parse(readFileSync(join(kept, json), "utf8"));
  expect(report.endpoint).toBe(own.cloud.endpoint);
  expect(report.cost.usd).toBeLessThan(costOf(mostUsed).usd);
  // The local cloud is what the code takes the service to be; only streams could bring metrics.
  const otherwise = [...report.results, ...report.provider].filter(({ agrees }) => agrees !== true);
  expect(otherwise.map(({ fact }) => fact)).toEqual([
    "names, namespaces and dimensions of the metrics of IVS and chat",
  ]);
  expect(readFileSync(join(kept, page), "utf8")).toContain("which is not AWS");
});

it("removes by its name what a run left that was killed, and what an old one left", async () => {
  const { run } = await broken("SIGKILL");
  expect(await left()).not.toEqual(nobodys);
  for (const name of [run, OLD]) {
    const sweep = onair("--aws", "--sweep", name);
    expect({ code: await sweep.ended, errors: sweep.errors() }).toMatchObject({ code: 0 });
    expect(sweep.output()).toMatch(/^Removed: [1-9]\d*\. /);
  }
  expect(await left()).toEqual(["hall"]);
  expect(existsSync(join(folder, "doctor", run))).toBe(false);
});

it("keeps the state of a stack that it cannot remove, says where, and removes the rest all the same", async () => {
  const run = "onair-doctor-202601021204-0a1b";
  await ivs.send(new CreateChannelCommand({ name: "half", tags: { "onair:doctor": run } }));
  const stack = join(folder, "doctor", run, "stacks/doctor");
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), "{}");
  writeFileSync(join(stack, "terraform.tfstate"), "half a sta");
  const sweep = onair("--aws", "--sweep", run);
  expect(await sweep.ended).toBe(1);
  expect(sweep.errors()).toContain("What the run made with Terraform still stands.");
  expect(sweep.errors()).toContain(`Its state: ${join(folder, "doctor", run)}`);
  expect(sweep.errors()).toContain(`Remove it: onair doctor --aws --sweep ${run}  DEPLOY_FAILED`);
  expect(existsSync(join(stack, "terraform.tfstate"))).toBe(true);
  expect(await left()).toEqual(["hall"]);
});

it("is for AWS only, and says so", async () => {
  const run = onair("--i-pay");
  expect(await run.ended).toBe(2);
  expect(run.errors()).toContain("doctor --i-pay is for AWS.");
});
