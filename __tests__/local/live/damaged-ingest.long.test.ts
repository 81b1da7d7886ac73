import { expect, it } from "vitest";
import { startLiveCloud } from "./fixture/live-cloud.ts";
import { sendMutations } from "./fixture/mutations.ts";
import { watchSteadily } from "./fixture/steady.ts";

it("a thousand damaged copies of a good ingest leave nothing behind, and disturb no other stream", async () => {
  await using live = await startLiveCloud({ region: "us-west-2" });
  const steady = await live.channel("steady");
  await steady.goLive();
  const seen = await watchSteadily(steady.playbackUrl);
  await sendMutations(live, { streams: 1_000, atOnce: 20 });
  const { longestWait, isBroken } = await seen();
  expect({ isBroken }).toEqual({ isBroken: false });
  expect(longestWait).toBeLessThan(6_000);
  expect(live.lines).toEqual([]);
});
