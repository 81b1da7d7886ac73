import { expect, test } from "vitest";
import { channelArn, envelope, HistoryInMemory, minute, RowsInMemory } from "#__tests__/domain/live-state/support.ts";
import { QueueInMemory, WebhooksInMemory } from "#__tests__/domain/webhooks/support.ts";
import { failed, keptLog, queueEvent } from "#__tests__/handlers/support/queue-event.ts";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { announce } from "#domain/webhooks/announce.ts";
import { makeHandler } from "#handlers/stream-state/core.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const ours = channelArn(1);
const foreign = channelArn(1, "999988887777");
const start = envelope(ours, "Stream Start", "st-a", noon);
const end = envelope(ours, "Stream End", "st-a", noon + minute);

function house() {
  const rows = new RowsInMemory();
  const history = new HistoryInMemory();
  const webhooks = new WebhooksInMemory();
  const queue = new QueueInMemory();
  const { lines, log } = keptLog();
  rows.add(ours);
  webhooks.hooks.set("alice", { url: "https://example.com/", secret: "whsec_x" });
  const ownerOf = async (arn: string) => (arn === ours ? "alice" : undefined);
  const handler = makeHandler({
    apply: (event) => applyStreamEvent(event, { rows, history, now: () => noon, historyDays: 30 }),
    announce: (happening) => announce(happening, { ownerOf, webhooks, queue }),
    log,
  });
  return { rows, history, queue, lines, handler, told: () => queue.sent.map(({ message }) => message.id) };
}

const counted = (counts: object) => [
  "info",
  "stream events taken",
  { changed: 0, recorded: 0, dropped: 0, unused: 0, failed: 0, ...counts },
];

test("takes a batch in its order, tells the owner, and counts what became of it", async () => {
  const { rows, handler, told, lines } = house();
  const limit = { ...start, "detail-type": "IVS Limit Breach", resources: [] };
  const others = [envelope(foreign, "Stream Start", "st-x", noon), limit];
  expect(await handler(queueEvent([start, end, start, ...others]))).toEqual(failed());
  expect(rows.state(ours)).toEqual({ live: false, streamId: "st-a", at: noon + minute });
  expect(told()).toEqual(["live:st-a", "ended:st-a"]);
  expect(lines).toEqual([counted({ changed: 2, recorded: 1, dropped: 1, unused: 1 })]);
});

test("writes nothing for a channel that is not ours", async () => {
  const { rows, history, handler, told } = house();
  await handler(
    queueEvent(["Stream Start", "Stream End", "Session Created"].map((name) => envelope(foreign, name, "st-x", noon))),
  );
  expect([rows.written, rows.rows.size, history.entries.size, told()]).toEqual([[], 1, 0, []]);
});

test("an event that cannot be read comes back alone, until it is among the dead letters", async () => {
  const { rows, handler, lines } = house();
  expect(await handler(queueEvent(["no JSON", start, { ...end, time: "yesterday" }]))).toEqual(failed("m0", "m2"));
  expect(rows.state(ours)?.live).toBe(true);
  expect(lines).toEqual([
    ["error", "stream event not taken", { messageId: "m0", error: "event must be an object; it is nothing." }],
    [
      "error",
      "stream event not taken",
      { messageId: "m2", error: 'time must be a time such as 2026-01-02T03:04:05Z; it is "yesterday".' },
    ],
    counted({ changed: 1, failed: 2 }),
  ]);
});

test("a batch of which all fails answers so too, and does not throw", async () => {
  const { handler } = house();
  expect(await handler(queueEvent(["a", "b"]))).toEqual(failed("m0", "m1"));
});

test("an event whose row cannot be written comes back, and the rest is taken", async () => {
  const { rows, handler } = house();
  rows.beforeWrite = () => {
    rows.beforeWrite = () => {};
    throw new Error("DynamoDB: 500");
  };
  expect(await handler(queueEvent([start, end]))).toEqual(failed("m0"));
  expect(rows.state(ours)).toMatchObject({ live: false, streamId: "st-a" });
});

test("an owner whose message could not be sent is told when the event comes again, once", async () => {
  const { queue, handler, told } = house();
  queue.beforeSend = () => {
    queue.beforeSend = () => {};
    throw new Error("SQS: 500");
  };
  expect(await handler(queueEvent([start]))).toEqual(failed("m0"));
  expect(told()).toEqual([]);
  expect(await handler(queueEvent([start], 2))).toEqual(failed());
  expect(await handler(queueEvent([start, start]))).toEqual(failed());
  expect(told()).toEqual(["live:st-a"]);
});

test("tells the owner that a recording is ready", async () => {
  const { handler, told } = house();
  const detail = { recording_status: "Recording End", recording_session_id: "rec-1", stream_id: "st-a" };
  await handler(queueEvent([{ ...start, "detail-type": "IVS Recording State Change", detail }]));
  expect(told()).toEqual(["recording-ready:rec-1"]);
});
