import { afterAll, beforeAll, expect, it } from "vitest";
import { startOnair } from "../onair/fixture/onair-process.ts";
import { type OwnCloud, ownCloud } from "../onair/fixture/own-cloud.ts";

let own: OwnCloud;
beforeAll(async () => {
  own = await ownCloud();
});
afterAll(() => own[Symbol.asyncDispose]());

it("prints a channel's key alone, and beside it where to send to", async () => {
  const { key } = await own.createChannel({ name: "main-stage" });
  const { ended, output, errors } = startOnair(["stream-key", "main-stage", "--folder", own.folder]);
  expect(await ended).toBe(0);
  expect(output()).toBe(`${key}\n`);
  expect(errors()).toContain(`\nServer: ${own.cloud.rtmpUrl}, or by TLS ${own.cloud.rtmpsUrl}\n`);
  expect(errors()).not.toContain(key);
});

it("names the nearest channel where there is none of that name", async () => {
  const { ended, output, errors } = startOnair(["stream-key", "main-stge", "--folder", own.folder]);
  expect(await ended).toBe(1);
  expect(output()).toBe("");
  expect(errors()).toMatch(/Did you mean main-stage\? {2}CHANNEL_UNKNOWN\n$/);
});
