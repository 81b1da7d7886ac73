import fc from "fast-check";
import { expect, test } from "vitest";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import { readStreamEvent } from "#domain/live-state/stream-event.ts";
import { type Delivery, type Draw, dayLength, dayOfAll } from "./day.ts";
import { channelArn, HistoryInMemory, minute, pagesOf, RowsInMemory } from "./support.ts";

const midnight = Date.parse("2026-01-02T00:00:00Z");
const ours = Array.from({ length: 200 }, (_, place) => channelArn(place));
const foreign = Array.from({ length: 40 }, (_, place) => channelArn(place, "999988887777"));

test("a day of lost, late, doubled and shuffled events ends equal to what is on air, after one walk", async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(2 ** 30)), async (numbers) => {
      const draw: Draw = (below) => (numbers.next().value ?? 0) % below;
      const rows = new RowsInMemory();
      const history = new HistoryInMemory();
      for (const arn of ours) rows.add(arn);
      const { all, onAir } = dayOfAll([...ours, ...foreign], draw, midnight);
      const walkAt = midnight + dayLength + minute;
      const take = async ({ event, at }: Delivery) => {
        const reading = readStreamEvent(event);
        if (reading.kind !== "event") throw new Error(JSON.stringify(reading));
        await applyStreamEvent(reading.event, { rows, history, now: () => at, historyDays: 30 });
      };
      const flags = () => [...rows.rows.values()].filter(({ state }) => state.live).map((row) => row.channelArn);
      const truth = onAir.map((stream) => stream.channelArn).filter((arn) => ours.includes(arn));

      for (const delivery of all.filter(({ at }) => at <= walkAt)) await take(delivery);
      await observeStreams({ rows, streams: pagesOf(onAir, 7), now: () => walkAt, corrected: async () => {} });
      expect(new Set(flags())).toEqual(new Set(truth));

      // What was still on its way changes nothing any more.
      for (const delivery of all.filter(({ at }) => at > walkAt)) await take(delivery);
      expect(new Set(flags())).toEqual(new Set(truth));
      expect(rows.rows.size).toBe(ours.length);
      expect(rows.written.filter((arn) => foreign.includes(arn))).toEqual([]);
      expect([...history.entries.values()].filter((entry) => foreign.includes(entry.channelArn))).toEqual([]);
    }),
    { numRuns: 8 },
  );
});
