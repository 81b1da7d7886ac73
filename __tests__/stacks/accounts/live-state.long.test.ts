import { createHmac } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { client } from "#__tests__/local/fixture/own-cloud.ts";
import { secret, startLiveState } from "./fixture/live-state-cloud.ts";

let live: Awaited<ReturnType<typeof startLiveState>>;

beforeAll(async () => {
  live = await startLiveState();
});
afterAll(() => live?.[Symbol.asyncDispose]());

const tenMinutesAgo = Math.floor(Date.now() / 1000 - 600) * 1000;
const called = (count: number) => vi.waitFor(() => expect(live.calls).toHaveLength(count), { timeout: 60_000 });

it("the next plan is empty", async () => {
  expect(await live.terraform.changes()).toEqual([]);
});

it("an event of IVS reaches the row of its channel, and the owner's webhook, signed", async () => {
  await live.tell("Stream Start", "st-a", tenMinutesAgo);
  expect(await live.untilLive(true)).toEqual({ live: true, streamId: "st-a", at: tenMinutesAgo });
  await called(1);
  const [{ body, signature } = { body: "", signature: "" }] = live.calls;
  expect(JSON.parse(body)).toEqual({
    type: "live",
    channel: { name: "alice", title: "Live soon" },
    streamId: "st-a",
    at: new Date(tenMinutesAgo).toISOString(),
    id: "live:st-a",
  });
  const [, seconds, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(signature) ?? [];
  expect(hex).toBe(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
});

it("a walk takes a channel off air whose end was lost, and tells the owner", async () => {
  const lambda = new LambdaClient(client(live.own.cloud, live.own.root));
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: "test-live-state-observe-streams" }));
  lambda.destroy();
  expect(FunctionError).toBeUndefined();
  expect(await live.untilLive(false)).toMatchObject({ live: false, streamId: "st-a" });
  await called(2);
  expect(JSON.parse(String(live.calls[1]?.body))).toMatchObject({ type: "ended", id: "ended:st-a" });
});

it("the clock calls the walk each minute, which takes a channel off air whose end was lost", async () => {
  const tenMinutesAgo = Math.floor(Date.now() / 1000 - 600) * 1000;
  await live.tell("Stream Start", "st-b", tenMinutesAgo);
  await live.untilLive(true);
  expect(await live.untilLive(false, 90_000)).toMatchObject({ streamId: "st-b" });
});
