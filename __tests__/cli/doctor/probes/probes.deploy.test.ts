import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ListChannelsCommand, ListPlaybackKeyPairsCommand } from "@aws-sdk/client-ivs";
import { IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { clientOptions, REGION } from "#__tests__/support/deployed.ts";
import { startOnair } from "../../onair/fixture/onair-process.ts";
import { type OwnCloud, ownCloud } from "../../onair/fixture/own-cloud.ts";

let own: OwnCloud;
let chat: IvschatClient;

beforeAll(async () => {
  own = await ownCloud();
  chat = new IvschatClient(clientOptions(own.cloud));
  // Somebody else's, which must be left alone.
  await own.createChannel({ name: "hall", tags: { "onair:environment": "dev" } });
});
afterAll(async () => {
  chat.destroy();
  await own[Symbol.asyncDispose]();
});

const iPay = () =>
  startOnair(["doctor", "--aws", "--i-pay", "--folder", own.folder], {
    environment: { ...own.cloud.environment, AWS_REGION: REGION },
  });

async function left(): Promise<unknown> {
  const { channels = [] } = await own.ivs.send(new ListChannelsCommand({}));
  const { keyPairs = [] } = await own.ivs.send(new ListPlaybackKeyPairsCommand({}));
  const { rooms = [] } = await chat.send(new ListRoomsCommand({}));
  return { channels: channels.map(({ name }) => name), keyPairs, rooms };
}

const nothing = { channels: ["hall"], keyPairs: [], rooms: [] };

it("asks an account, removes what it made, says the cost, and keeps a report", async () => {
  const run = iPay();
  const code = await run.ended;
  expect({ code, errors: run.errors() }).toMatchObject({ code: 0 });
  expect(await left()).toEqual(nothing);
  expect(run.output()).toMatch(/^Cost: 0\.00 USD\. Report: .+\.md\n$/);
  const folder = join(own.folder, "doctor");
  const [json = "", page = ""] = readdirSync(folder).sort();
  const { endpoint, results, removed } = JSON.parse(readFileSync(join(folder, json), "utf8"));
  expect(endpoint).toBe(own.cloud.endpoint);
  expect(removed).toBe(6);
  // The local cloud is what the code takes the service to be; only streams could bring metrics.
  expect(results.map(({ agrees }: { agrees?: boolean }) => agrees)).toEqual([...Array(7).fill(true), undefined]);
  expect(readFileSync(join(folder, page), "utf8")).toContain("which is not AWS");
});

/** Begins a run, and ends it by a signal once it has made something; returns what it left. */
async function broken(signal: "SIGINT" | "SIGKILL"): Promise<unknown> {
  const run = iPay();
  const isEnded = run.ended.then(() => true);
  while ((await Promise.race([isEnded, left()])) !== true) {
    if (JSON.stringify(await left()) !== JSON.stringify(nothing)) break;
  }
  run.child.kill(signal);
  await run.ended;
  return left();
}

it("removes what it made when it is stopped, and leaves nothing to the next run when it is killed", async () => {
  expect(await broken("SIGINT")).toEqual(nothing);
  // A run that was over before the signal came has left nothing, which shows nothing: it is tried again.
  await vi.waitFor(async () => expect(await broken("SIGKILL")).not.toEqual(nothing), { timeout: 150_000 });
  expect(await iPay().ended).toBe(0);
  expect(await left()).toEqual(nothing);
});

it("is for AWS only, and says so", async () => {
  const run = startOnair(["doctor", "--i-pay", "--folder", own.folder]);
  expect(await run.ended).toBe(2);
  expect(run.errors()).toContain("doctor --i-pay is for AWS.");
});
