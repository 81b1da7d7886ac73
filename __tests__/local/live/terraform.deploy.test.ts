import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import {
  GetChannelCommand,
  GetStreamCommand,
  GetStreamKeyCommand,
  GetStreamSessionCommand,
  IvsClient,
  ListStreamKeysCommand,
} from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { DEPLOYED, PROJECT_VENV, REGION } from "../../support/deployed.ts";
import { Terraform } from "../../support/terraform.ts";
import { type CloudProcess, type ReadyCloud, startProcess, whenReady } from "../fixture/own-process.ts";
import type { Push } from "../media/rtmp/fixture/push.ts";
import { killCloud, lendFfmpeg } from "./fixture/killable-cloud.ts";
import { sendClip } from "./fixture/send-clip.ts";
import { watchSteadily } from "./fixture/steady.ts";

let home = "";
let folder = "";
let running: CloudProcess | undefined;
let cloud: ReadyCloud;
let ivs: IvsClient;
let platform: Terraform;
let encoder: Push | undefined;

beforeAll(async () => {
  const deployed = inject(DEPLOYED);
  home = mkdtempSync(join(tmpdir(), "onair-live-"));
  folder = join(home, "cloud");
  cpSync(deployed.cloud, folder, { recursive: true, verbatimSymlinks: true });
  cpSync(deployed.output, join(home, "cdktf.out"), { recursive: true, verbatimSymlinks: true });
  symlinkSync(PROJECT_VENV, join(folder, "venv"));
  await lendFfmpeg(folder);
  await start();
});
afterAll(async () => {
  await killEverything();
  rmSync(home, { recursive: true, force: true });
});

/** Each time on another port, which must not matter to Terraform. */
const start = async () => {
  running = startProcess(folder, ["--port", "0", "--region", REGION, "--rates", "none"]);
  cloud = await whenReady(folder, running);
  ivs = new IvsClient({ endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.keys });
  const environment = parseEnv(readFileSync(join(folder, "cloud.env"), "utf8")) as Record<string, string>;
  platform = new Terraform(join(home, "cdktf.out", "stacks", "platform"), environment);
};

const killEverything = async () => {
  if (running) await killCloud(folder, running);
  running = undefined;
  encoder?.process.kill("SIGKILL");
  await encoder?.ended;
};

const mainStage = async () => {
  const { channels } = await platform.outputs();
  const outputs = channels?.value as Record<string, { arn: string; playback_url: string }>;
  return { channelArn: outputs["main-stage"]?.arn ?? "", playbackUrl: outputs["main-stage"]?.playback_url ?? "" };
};

/** The platform's channels take RTMPS only. */
const goLive = async (channelArn: string) => {
  const { streamKeys = [] } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  const { streamKey } = await ivs.send(new GetStreamKeyCommand({ arn: streamKeys[0]?.arn }));
  const output = ["-ca_file", cloud.rtmpsCertificate];
  encoder = await sendClip(`${cloud.rtmpsUrl}/${streamKey?.value}`, { output });
  await vi.waitFor(() => ivs.send(new GetStreamCommand({ channelArn })), { timeout: 20_000, interval: 200 });
};

const endStream = async () => {
  encoder?.process.kill("SIGINT");
  await encoder?.ended;
};

/** Runs something while the stack's configuration says another latency for a channel. */
const withLatency = async <Result>(latency_mode: string, name: string, run: () => Promise<Result>): Promise<Result> => {
  const path = join(platform.folder, "cdk.tf.json");
  const text = readFileSync(path, "utf8");
  const stack = JSON.parse(text);
  const channels = Object.values(stack.resource.aws_ivs_channel) as Record<string, string>[];
  for (const channel of channels) if (channel.name === name) channel.latency_mode = latency_mode;
  writeFileSync(path, JSON.stringify(stack, null, 2));
  try {
    return await run();
  } finally {
    writeFileSync(path, text);
  }
};

it("Terraform is refused to change a live channel, whose stream goes on, and plans nothing once it has ended", async () => {
  const { channelArn, playbackUrl } = await mainStage();
  const { name } = (await ivs.send(new GetChannelCommand({ arn: channelArn }))).channel ?? {};
  await goLive(channelArn);
  const seen = await watchSteadily(playbackUrl);
  const refused = await withLatency("NORMAL", name ?? "", async () => {
    expect(await platform.changes("-refresh=false")).toMatchObject([{ action: "update" }]);
    return platform.run("apply", "-input=false", "-no-color", "test.tfplan");
  });
  expect(refused.status).toBe(1);
  // The provider shows no more: IVS says why in a field of the answer that Amazon's SDK for Go does not read.
  expect(refused.stderr.replaceAll(/[│\s]+/g, " ")).toMatch(
    /updating AWS IVS .* operation error ivs: UpdateChannel, https response error StatusCode: 409, .*ConflictException/,
  );
  expect(await seen()).toMatchObject({ isBroken: false });
  await endStream();
  expect(await platform.changes()).toEqual([]);
});

it("a cloud that is killed while live is as Terraform left it at its next start", async () => {
  const { channelArn } = await mainStage();
  await goLive(channelArn);
  expect((await fetch(`${cloud.endpoint}/_onair/save`, { method: "POST" })).status).toBe(200);
  await killEverything();
  await start();
  expect(await platform.changes()).toEqual([]);
  await expect(ivs.send(new GetStreamCommand({ channelArn }))).rejects.toThrow(/not broadcasting|UnknownError/);
  const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn }));
  expect(streamSession?.endTime).toBeInstanceOf(Date);
});
