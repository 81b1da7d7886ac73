import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statusVerb } from "#cli/status/verb.ts";
import { startOnair } from "../onair/fixture/onair-process.ts";
import { newFolder, type OwnCloud, ownCloud } from "../onair/fixture/own-cloud.ts";

let own: OwnCloud;
/** Something that a shell's own AWS settings lead to; nobody may ask it unless the user says so. */
const asked: string[] = [];
const trap = createServer((request, response) => {
  asked.push(String(request.headers.authorization));
  response.writeHead(403).end();
});
let planted: NodeJS.ProcessEnv = {};
beforeAll(async () => {
  own = await ownCloud();
  await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
  planted = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(trap.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "AKIAPLANTED",
    AWS_SECRET_ACCESS_KEY: "planted-secret",
    AWS_REGION: "eu-west-1",
  };
});
afterAll(async () => {
  trap.close();
  await own[Symbol.asyncDispose]();
});

const status = (args: readonly string[], folder = own.folder, environment: NodeJS.ProcessEnv = {}) =>
  startOnair(["status", ...args, "--folder", folder], { environment });

describe("onair status", () => {
  it("asks every part and every channel of the local cloud, and nobody else", async () => {
    const { arn } = await own.createChannel({ name: "main-stage" });
    const { ended, output, errors } = status(["--json"], own.folder, planted);
    expect({ code: await ended, errors: errors().trimEnd().split("\n").length }).toEqual({ code: 0, errors: 1 });
    const { endpoint, rtmpUrl, rtmpsUrl, chatUrl, region, accountId } = own.cloud;
    const up = (name: string, address: string | null = null) => ({ name, state: "up", address });
    expect(JSON.parse(output())).toEqual({
      schemaVersion: 1,
      command: "status",
      status: "ok",
      data: {
        target: {
          kind: "local",
          endpoint,
          region,
          accountId,
          pid: process.pid,
          parts: [
            up("edge", endpoint),
            up("ministack"),
            up("ivs"),
            up("ivschat"),
            up("cloudcontrolapi"),
            up("rtmp", rtmpUrl),
            up("rtmps", rtmpsUrl),
            up("chat", chatUrl),
          ],
        },
        channels: [{ name: "main-stage", arn, state: "offline", since: null, viewers: null, health: null }],
      },
      warnings: [],
      error: null,
    });
    expect(asked).toEqual([]);
  });

  it("shows the same to people, without a sign of colour in a pipe", async () => {
    const { ended, output, errors } = status([]);
    expect(await ended).toBe(0);
    expect(output()).toMatch(/^PART +STATE {2}ADDRESS\nedge +up {5}http:/);
    expect(output()).toMatch(/\nCHANNEL +STATE +SINCE +VIEWERS +HEALTH\nmain-stage +offline\n$/);
    expect(`${output()}${errors()}`).not.toContain("\u001b");
  });

  it("leaves no line in the log of the ingest that it asks", async () => {
    const before = own.logs();
    expect(await status([]).ended).toBe(0);
    expect(own.logs()).toBe(before);
  });

  it("says that nothing runs where only a file is left, and does not go to AWS instead", async () => {
    const folder = newFolder();
    const { endpoint, region, accountId } = own.cloud;
    for (const stale of [endpoint, "http://127.0.0.1:1"]) {
      writeFileSync(join(folder, "run.json"), JSON.stringify({ pid: 1, endpoint: stale, region, accountId }));
      const { ended, output, errors } = status(["--json"], folder, planted);
      expect(await ended).toBe(4);
      expect(errors()).toContain("No local cloud runs in ");
      expect(errors().trimEnd()).toMatch(/NOT_RUNNING$/);
      expect(JSON.parse(output())).toMatchObject({
        ...{ schemaVersion: 1, command: "status", status: "error", data: null, warnings: [] },
        error: {
          code: "NOT_RUNNING",
          category: "unreachable",
          retryable: false,
          actions: [{ label: expect.stringContaining("npm start") }],
        },
      });
    }
    rmSync(folder, { recursive: true });
    expect(asked).toEqual([]);
  });

  it("asks what AWS_ENDPOINT_URL names where the user says AWS", async () => {
    const { ended, output, errors } = status(["--aws", "--json"], own.folder, own.cloud.environment);
    expect(await ended).toBe(0);
    const { endpoint, region, accountId } = own.cloud;
    expect(errors()).toBe(`Target: what AWS_ENDPOINT_URL names, ${endpoint} (${region})\n`);
    expect(JSON.parse(output()).data).toMatchObject({
      target: { kind: "aws", endpoint, region, accountId },
      channels: [{ name: "main-stage" }],
    });

    const refused = status(["--aws"], own.folder, planted);
    expect(await refused.ended).toBe(1);
    expect(refused.errors().trimEnd()).toMatch(/AWS_REFUSED$/);
    expect(asked[0]).toContain("AKIAPLANTED");
  });

  it("runs the examples of its help as they are written", async () => {
    for (const example of statusVerb.examples) {
      expect(await status(example.split(" ").slice(2)).ended).toBe(0);
    }
  });
});
