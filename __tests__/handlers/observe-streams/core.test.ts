import { expect, test } from "vitest";
import { channelArn, minute, pagesOf, RowsInMemory } from "#__tests__/domain/live-state/support.ts";
import { keptLog } from "#__tests__/handlers/support/queue-event.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import type { StreamPages } from "#domain/live-state/walk-streams.ts";
import type { Happening } from "#domain/webhooks/happening.ts";
import { makeHandler } from "#handlers/observe-streams/core.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const startedAt = noon - 10 * minute;
const onAir = { live: true, streamId: "st-b", at: startedAt };
const pages = pagesOf([{ channelArn: channelArn(1), streamId: "st-a", startedAt, viewers: 3 }]);

function house(streams: StreamPages, refusal?: string) {
  const rows = new RowsInMemory();
  const announced: Happening[] = [];
  const { lines, log } = keptLog();
  rows.add(channelArn(1));
  rows.add(channelArn(2), onAir);
  const handler = makeHandler({
    observe: (corrected) => observeStreams({ streams, rows, now: () => noon, corrected }),
    announce: async (happening) => {
      if (refusal !== undefined) throw new Error(refusal);
      announced.push(happening);
      return "announced";
    },
    log,
  });
  return { rows, announced, lines, handler };
}

const seen = [
  "info",
  "streams observed",
  { listed: 1, starving: 0, foreign: 0, corrected: 2, confirmed: 0, passedOver: 0 },
];

test("corrects the flags, tells the owners what events did not, and logs what it saw", async () => {
  const { announced, lines, handler } = house(pages);
  await handler();
  expect(announced).toEqual([
    { id: "live:st-a", kind: "live", channelArn: channelArn(1), streamId: "st-a", at: startedAt },
    { id: "ended:st-b", kind: "ended", channelArn: channelArn(2), streamId: "st-b", at: noon - minute },
  ]);
  expect(lines).toEqual([seen]);
});

test("corrects the flags though nobody can be told", async () => {
  const { rows, lines, handler } = house(pages, "SQS: 500");
  await handler();
  expect([rows.state(channelArn(1))?.live, rows.state(channelArn(2))?.live]).toEqual([true, false]);
  const untold = (id: string) => ["error", "correction not announced", { id, error: "SQS: 500" }];
  expect(lines).toEqual([untold("live:st-a"), untold("ended:st-b"), seen]);
});

test("throws when a page fails, and has changed nothing", async () => {
  const { rows, announced, lines, handler } = house(pagesOf([], 1, 0));
  await expect(handler()).rejects.toThrow("ListStreams: 500");
  expect([rows.written, rows.walk, announced]).toEqual([[], 0, []]);
  expect(lines).toEqual([["error", "streams not observed", { error: "ListStreams: 500" }]]);
});

test.each([
  [2, 1, 0],
  [3, 2, 67],
  [10, 0, 0],
])(
  "of %i streams on air, %i starving, says %i percent: of one or two nobody can tell",
  async (listed, starving, percent) => {
    const counted: unknown[] = [];
    const handler = makeHandler({
      observe: async () => ({ listed, starving, foreign: 0, corrected: 0, confirmed: 0, passedOver: 0 }),
      announce: async () => "announced",
      log: (_level, _message, _fields, metrics) => counted.push(metrics),
    });
    await handler();
    expect(counted).toEqual([expect.objectContaining({ ConcurrentStreams: listed, StarvingStreams: percent })]);
  },
);
