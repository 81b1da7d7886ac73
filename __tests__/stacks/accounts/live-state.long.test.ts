import { afterAll, beforeAll, expect, it } from "vitest";
import { startLiveState } from "./fixture/live-state-cloud.ts";

let live: Awaited<ReturnType<typeof startLiveState>>;

beforeAll(async () => {
  live = await startLiveState();
});
afterAll(() => live?.[Symbol.asyncDispose]());

it("the clock calls the walk each minute, which takes a channel off air whose end was lost", async () => {
  const tenMinutesAgo = Math.floor(Date.now() / 1000 - 600) * 1000;
  await live.tell("Stream Start", "st-a", tenMinutesAgo);
  await live.untilLive(true);
  expect(await live.untilLive(false, 90_000)).toMatchObject({ streamId: "st-a" });
});
