import fc from "fast-check";
import { expect, test } from "vitest";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import { readStreamEvent } from "#domain/live-state/stream-event.ts";
import type { ListedStream } from "#domain/live-state/walk-streams.ts";
import { channelArn, envelope, HistoryInMemory, minute, pagesOf, RowsInMemory } from "./support.ts";

const hour = 60 * minute;
const midnight = Date.parse("2026-01-02T00:00:00Z");
const dayEnd = midnight + 24 * hour;
const ours = Array.from({ length: 200 }, (_, place) => channelArn(place));
const foreign = Array.from({ length: 40 }, (_, place) => channelArn(place, "999988887777"));

type Draw = (below: number) => number;
interface Delivery {
  readonly event: ReturnType<typeof envelope>;
  readonly at: number;
}

/** What happens on a channel in a day, as events are made of it and as ListStreams has it at the end. */
function live(arn: string, draw: Draw) {
  const events: [name: string, streamId: string, at: number][] = [];
  let at = midnight;
  for (let place = 0; ; place++) {
    const streamId = `st-${arn.slice(-8)}${place}`;
    at += draw(6 * 3600) * 1000;
    const end = at + (1 + draw(4 * 3600)) * 1000;
    if (at >= dayEnd) return { events, onAir: undefined };
    const startedAt = at;
    events.push(["Session Created", streamId, at], ["Stream Start", streamId, at]);
    if (draw(4) === 0) events.push(["Starvation Start", streamId, at], ["Stream Takeover", streamId, at]);
    if (end >= dayEnd) {
      const onAir: ListedStream = { channelArn: arn, streamId, startedAt, viewers: draw(50) - 1 };
      return { events, onAir };
    }
    events.push(["Stream End", streamId, end], ["Session Ended", streamId, end]);
    at = end;
  }
}

/** One event in five is lost, one in five doubled, each comes 0 s to 3 h late, by itself. */
function deliveries(events: ReturnType<typeof live>["events"], arn: string, draw: Draw): Delivery[] {
  const deliver = ([name, streamId, at]: (typeof events)[number]) => ({
    event: envelope(arn, name, streamId, at),
    at: at + draw(draw(2) === 0 ? 20 : 3 * 3600) * 1000,
  });
  return events.flatMap((event) => {
    const fate = draw(5);
    return fate === 0 ? [] : fate === 1 ? [deliver(event), deliver(event)] : [deliver(event)];
  });
}

test("a day of lost, late, doubled and shuffled events ends equal to what is on air, after one walk", async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(2 ** 30)), async (numbers) => {
      const draw: Draw = (below) => (numbers.next().value ?? 0) % below;
      const rows = new RowsInMemory();
      const history = new HistoryInMemory();
      for (const arn of ours) rows.add(arn);
      const all: Delivery[] = [];
      const onAir: ListedStream[] = [];
      for (const arn of [...ours, ...foreign]) {
        const day = live(arn, draw);
        all.push(...deliveries(day.events, arn, draw));
        if (day.onAir !== undefined) onAir.push(day.onAir);
      }
      all.sort((one, other) => one.at - other.at);
      const walkAt = dayEnd + minute;
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
