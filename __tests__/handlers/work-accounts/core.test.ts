import { expect, test } from "vitest";
import { done, later } from "#domain/accounts/outcome.ts";
import type { QueueEvent } from "#handlers/shared/queue-batch.ts";
import { makeHandler } from "#handlers/work-accounts/core.ts";

const batch = (bodies: Readonly<Record<string, string>>): QueueEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => ({
    messageId,
    body,
    attributes: { ApproximateReceiveCount: "1" },
  })),
});

const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

function run(work: Parameters<typeof makeHandler>[0]["work"]) {
  const lines: unknown[] = [];
  const log = (level: string, message: string, fields = {}) => void lines.push({ level, message, ...fields });
  return { handler: makeHandler({ work, log }), lines };
}

test("works off each message of a batch, and only failed ones come back", async () => {
  const { handler, lines } = run(async ({ sub }) => {
    if (sub === "broken") throw new Error("CreateRoom failed");
    return sub === "waiting" ? later("quota") : done;
  });
  const event = batch({ one: '{"sub":"ready"}', two: '{"sub":"broken"}', three: '{"sub":"waiting"}' });
  expect(await handler(event)).toEqual(failures("two"));
  expect(lines).toEqual(
    expect.arrayContaining([
      { level: "info", message: "account worked on", sub: "ready", outcome: "done" },
      { level: "error", message: "account not worked on", sub: "broken", error: "CreateRoom failed" },
      { level: "info", message: "account worked on", sub: "waiting", outcome: "quota" },
    ]),
  );
});

test("an account that is given up is one line of the log, and its message does not come back", async () => {
  const { handler, lines } = run(async () => ({ kind: "given-up", why: "still-live" }));
  expect(await handler(batch({ one: '{"sub":"live","tries":20,"turn":"run-1"}' }))).toEqual(failures());
  expect(lines).toEqual([
    { level: "error", message: "account left to the sweep", sub: "live", why: "still-live", tries: 20 },
  ]);
});

test("a message says how often it was put back, and for whom the account is kept", async () => {
  const messages: unknown[] = [];
  const { handler } = run(async (message) => {
    messages.push(message);
    return done;
  });
  await handler(batch({ one: '{"sub":"a"}', two: '{"sub":"b","tries":3,"turn":"run-1"}' }));
  expect(messages).toEqual([
    { sub: "a", tries: 0, turn: "" },
    { sub: "b", tries: 3, turn: "run-1" },
  ]);
});

test("a batch of failures only is answered like any other", async () => {
  const { handler } = run(async () => {
    throw new Error("no network");
  });
  expect(await handler(batch({ one: '{"sub":"a"}', two: '{"sub":"b"}' }))).toEqual(failures("one", "two"));
});

test.each(["", "{", "[]", '{"sub":""}', '{"sub":7}', '{"sub":"a","tries":-1}', '{"user":"a"}'])(
  "a message that says %j is nobody's, comes back, and its text is not logged",
  async (body) => {
    const worked: string[] = [];
    const { handler, lines } = run(async ({ sub }) => {
      worked.push(sub);
      return done;
    });
    expect(await handler(batch({ one: body }))).toEqual(failures("one"));
    expect([worked, lines]).toEqual([[], [{ level: "error", message: "message not understood", messageId: "one" }]]);
  },
);

test("accounts of a batch are worked on side by side", async () => {
  let at = 0;
  let most = 0;
  const { handler } = run(async () => {
    most = Math.max(most, ++at);
    await new Promise((resolve) => setImmediate(resolve));
    at--;
    return done;
  });
  await handler(batch({ one: '{"sub":"a"}', two: '{"sub":"b"}', three: '{"sub":"c"}' }));
  expect(most).toBe(3);
});

test.each([
  ["throttled", { ServiceThrottles: 1 }],
  ["unavailable", {}],
] as const)("work that the service put off as %s counts as %j", async (why, counted) => {
  const metrics: unknown[] = [];
  const log = (_level: string, _message: string, _fields = {}, count = {}) => void metrics.push(count);
  const handler = makeHandler({ work: async () => later(why), log });
  await handler(batch({ one: '{"sub":"a"}' }));
  expect(metrics).toEqual([counted]);
});
