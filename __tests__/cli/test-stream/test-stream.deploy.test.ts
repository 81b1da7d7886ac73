import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { StopStreamCommand } from "@aws-sdk/client-ivs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openProject } from "#cli/project.ts";
import type { CloudReady } from "#cli/start/ready-file.ts";
import { goLive } from "#cli/test-stream/go-live.ts";
import { testStreamVerb } from "#cli/test-stream/verb.ts";
import { descendantsOf, isRunning } from "../../local/fixture/processes.ts";
import { projectFfmpeg, smallClip } from "../../local/media/fixture/ffmpeg.ts";
import { type OnairOptions, type OnairProcess, startOnair } from "../onair/fixture/onair-process.ts";
import { type OwnCloud, ownCloud } from "../onair/fixture/own-cloud.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

let own: OwnCloud;
let clip = "";
let names = 0;
const processes: OnairProcess[] = [];
beforeAll(async () => {
  own = await ownCloud();
  clip = await smallClip();
});
afterAll(() => own[Symbol.asyncDispose]());
afterEach(async () => {
  for (const { child } of processes) child.kill("SIGKILL");
  await Promise.all(processes.splice(0).map(({ ended }) => ended));
});

const newChannel = (request = {}) => own.createChannel({ name: `stage-${++names}`, ...request });
const testStream = (args: readonly string[], options: OnairOptions = {}): OnairProcess => {
  const environment = { LANG: "C.UTF-8", ...options.environment };
  const started = startOnair(["test-stream", ...args, "--folder", own.folder], { ...options, environment });
  processes.push(started);
  return started;
};
const status = async () => {
  const shown = startOnair(["status", "--json", "--folder", own.folder]);
  expect(await shown.ended).toBe(0);
  return JSON.parse(shown.output()).data.channels as readonly { arn: string; state: string; viewers: number | null }[];
};
const areGone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000, interval: 100 });
const goesOffline = (arn: string) =>
  vi.waitFor(async () => expect(await own.isLive(arn)).toBe(false), { timeout: 10_000, interval: 200 });
const everyArgument = () => execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });

describe("onair test-stream", () => {
  it("goes live by RTMPS, shows where to watch, and ends clean with Ctrl-C", async () => {
    const channel = await newChannel();
    const { child, output, errors, ended, said, interrupt } = testStream([String(channel.name)]);
    await said("Sending until Ctrl-C");

    expect(output()).toBe(`${channel.playbackUrl}\n`);
    expect(await (await fetch(String(channel.playbackUrl))).text()).toContain("#EXT-X-STREAM-INF");
    expect(await own.isLive(channel.arn)).toBe(true);
    expect((await status()).find(({ arn }) => arn === channel.arn)).toMatchObject({
      state: "live",
      viewers: expect.any(Number),
      health: expect.any(String),
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    const { endpoint, accountId, region } = own.cloud;
    expect(errors().split("\n")[0]).toBe(`Target: the local cloud at ${endpoint} (account ${accountId}, ${region})`);
    expect(errors()).toContain(`${own.cloud.rtmpsUrl}/sk_…${channel.key.slice(-4)}\n`);
    expect(everyArgument()).toContain("encoder/main.ts");
    expect(everyArgument()).not.toContain(channel.key);

    const children = [...descendantsOf(Number(child.pid))];
    expect(children.length).toBeGreaterThan(1);
    interrupt();
    expect(await ended).toBe(0);
    expect(errors()).toMatch(/Sending until Ctrl-C {2}\d.* sent, \d\.\d MB\n$/);
    await areGone(children);
    await goesOffline(channel.arn);
    expect((await status()).find(({ arn }) => arn === channel.arn)).toMatchObject({ state: "offline", viewers: null });
    expect(`${output()}${errors()}${own.logs()}`).not.toContain(channel.key);
    expect(errors()).not.toContain("\u001b");
  });

  it("sends a file by plain RTMP where the channel allows it, for as long as it is told", async () => {
    const channel = await newChannel({ insecureIngest: true });
    const { ended, errors, output } = testStream([channel.arn, "--rtmp", "--file", clip, "--for", "2s"]);
    expect(await ended).toBe(0);
    expect(output()).toBe(`${channel.playbackUrl}\n`);
    expect(errors()).toContain(`-i ${relative(process.cwd(), clip)} `);
    expect(errors()).toContain(`${own.cloud.rtmpUrl}/sk_`);
    expect(errors()).not.toContain("-ca_file");
    await goesOffline(channel.arn);
  });

  it("prints an ffmpeg command that goes live too, once the key is put in", async () => {
    const channel = await newChannel();
    const { ended, errors } = testStream([String(channel.name), "--for", "1s"], { folder: own.folder });
    expect(await ended).toBe(0);
    const [, printed = ""] = /^ {2}(ffmpeg .*)$/m.exec(errors()) ?? [];
    const line = printed.replace(/^ffmpeg/, `exec ${await projectFfmpeg()} -v error`).replace(/sk_\S+$/, channel.key);
    const ffmpeg = spawn("sh", ["-c", line], { cwd: own.folder, stdio: ["ignore", "ignore", "inherit"] });
    try {
      await vi.waitFor(async () => expect(await own.isLive(channel.arn)).toBe(true), {
        timeout: 20_000,
        interval: 200,
      });
    } finally {
      ffmpeg.kill("SIGINT");
      await once(ffmpeg, "close");
    }
  });

  it("says what is wrong where plain RTMP is not allowed", async () => {
    const { name } = await newChannel();
    const { ended, errors } = testStream([String(name), "--rtmp", "--file", clip]);
    expect(await ended).toBe(1);
    expect(errors()).toContain(`The stream for channel ${name} was refused.`);
    expect(errors().trimEnd()).toMatch(/STREAM_REFUSED$/);
  });

  it("is refused while another encoder is live, which goes on", async () => {
    const channel = await newChannel();
    const first = testStream([String(channel.name), "--file", clip]);
    await first.said("Sending");
    const second = testStream([String(channel.name), "--file", clip]);
    expect(await second.ended).toBe(1);
    expect(second.errors()).toContain("this channel is live already");
    expect(second.errors().trimEnd()).toMatch(/STREAM_REFUSED$/);
    expect(await own.isLive(channel.arn)).toBe(true);
  });

  it("ends with the reason when its stream is stopped", async () => {
    const channel = await newChannel();
    const { said, ended, errors } = testStream([String(channel.name), "--file", clip]);
    await said("Sending");
    await own.ivs.send(new StopStreamCommand({ channelArn: channel.arn }));
    expect(await ended).toBe(1);
    expect(errors()).toContain(`The stream to channel ${channel.name} has ended.`);
    expect(errors()).toContain("INGEST_DISCONNECTED");
    expect(errors().trimEnd()).toMatch(/STREAM_LOST$/);
  });

  it("ends its stream when it is killed", async () => {
    const channel = await newChannel();
    const { child, said } = testStream([String(channel.name), "--file", clip]);
    await said("Sending");
    const children = [...descendantsOf(Number(child.pid))];
    child.kill("SIGKILL");
    await areGone(children);
    await goesOffline(channel.arn);
  });

  it("says that its encoder ended by itself, and ends too", async () => {
    const { name, arn } = await newChannel();
    const { child, said, ended, errors } = testStream([String(name), "--file", clip]);
    await said("Sending");
    const encoder = [...descendantsOf(Number(child.pid))].find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("encoder/main.ts"),
    );
    process.kill(Number(encoder), "SIGKILL");
    expect(await ended).toBe(1);
    expect(errors()).toContain("The encoder has ended by itself.");
    expect(errors().trimEnd()).toMatch(/PART_DIED$/);
    await goesOffline(arn);
  });

  it("ends with 130 when it is interrupted before it is live", async () => {
    const channel = await newChannel();
    const { said, ended, interrupt, errors } = testStream([String(channel.name), "--file", clip]);
    await said("Go live on");
    interrupt();
    expect(await ended).toBe(130);
    expect(errors().trimEnd()).toMatch(/INTERRUPTED$/);
    await goesOffline(channel.arn);
  });

  it("says that a private channel's players need a token", async () => {
    const { name } = await newChannel({ authorized: true });
    const { ended, errors } = testStream([String(name), "--file", clip, "--for", "1s"]);
    expect(await ended).toBe(0);
    expect(errors()).toContain("The channel is private: players need a playback token behind that URL.");
  });

  it("names the nearest channel where there is none of that name", async () => {
    const { name } = await newChannel({ name: "auditorium" });
    const { ended, errors } = testStream(["auditorum"]);
    expect(await ended).toBe(1);
    expect(errors()).toContain(`Did you mean ${name}?  CHANNEL_UNKNOWN`);
  });

  it("refuses a file that holds no video, and one that is not there", async () => {
    const { name } = await newChannel();
    const none = testStream([String(name), "--file", "nowhere.mp4"], { folder: own.folder });
    expect(await none.ended).toBe(1);
    expect(none.errors()).toContain(`${join(own.folder, "nowhere.mp4")} cannot be sent.`);
    expect(none.errors()).toContain("No such file or directory");
    expect(none.errors().trimEnd()).toMatch(/VIDEO_UNUSABLE$/);
  });

  it("runs the examples of its help as they are written", async () => {
    await own.createChannel({ name: "main-stage" });
    copyFileSync(clip, join(own.folder, "holiday.mp4"));
    for (const example of testStreamVerb.examples) {
      const [, , ...args] = example.split(" ");
      const { said, ended, interrupt } = testStream(args, { folder: own.folder });
      await said("Sending");
      interrupt();
      expect(await ended).toBe(0);
    }
  });
});

describe("goLive", () => {
  it("is ready when a channel of a local cloud is live, and ends it when it is stopped", async () => {
    const channel = await newChannel();
    for (const [name, value] of Object.entries(own.cloud.environment)) vi.stubEnv(name, value);
    const { terminal } = recordTerminal();
    const context = {
      project: openProject(own.folder, "cdktf.out"),
      terminal,
      environment: own.cloud.environment,
      signal: new AbortController().signal,
      again: "npm start",
      unlock: () => "",
    };
    const cloud: CloudReady = { pid: process.pid, ...own.cloud };
    try {
      const live = goLive(context, cloud, String(channel.name));
      await live.ready;
      expect(await own.isLive(channel.arn)).toBe(true);
      expect(everyArgument()).not.toContain(channel.key);
      await live.stop();
      await goesOffline(channel.arn);

      const stopped = goLive(context, cloud, String(channel.name));
      await stopped.ready;
      await own.ivs.send(new StopStreamCommand({ channelArn: channel.arn }));
      expect(await stopped.lost).toMatchObject({ code: "STREAM_LOST", why: expect.stringContaining("StopStream") });

      await expect(goLive(context, cloud, "nowhere").ready).rejects.toMatchObject({ code: "CHANNEL_UNKNOWN" });
      const early = goLive(context, cloud, String(channel.name));
      await early.stop();
      expect(await own.isLive(channel.arn)).toBe(false);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
