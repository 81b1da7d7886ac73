import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { secret, startLiveState } from "./fixture/live-state-cloud.ts";

let live: Awaited<ReturnType<typeof startLiveState>>;

beforeAll(async () => {
  live = await startLiveState();
});
afterAll(() => live?.[Symbol.asyncDispose]());

const called = (count: number) => vi.waitFor(() => expect(live.calls).toHaveLength(count), { timeout: 60_000 });

it("the next plan is empty", async () => {
  expect(await live.terraform.changes()).toEqual([]);
});

it("an event of IVS reaches the row of its channel, and the owner's webhook, signed", async () => {
  // Young enough to be news after any walk so far, and soon old enough for the next ones to know that it ended.
  const at = Math.floor(Date.now() / 1000 - 30) * 1000;
  await live.tell("Stream Start", "st-a", at);
  expect(await live.untilLive(true)).toEqual({ live: true, streamId: "st-a", at });
  await called(1);
  const [{ body, signature } = { body: "", signature: "" }] = live.calls;
  expect(JSON.parse(body)).toEqual({
    type: "live",
    channel: { name: "alice", title: "Live soon" },
    streamId: "st-a",
    at: new Date(at).toISOString(),
    id: "live:st-a",
  });
  const [, seconds, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(signature) ?? [];
  expect(hex).toBe(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
});

it("the clock calls the walk each minute, which takes a channel off air whose end was lost, and tells the owner", async () => {
  expect(await live.untilLive(false, 180_000)).toMatchObject({ live: false, streamId: "st-a" });
  await called(2);
  expect(JSON.parse(String(live.calls[1]?.body))).toMatchObject({ type: "ended", id: "ended:st-a" });
});
