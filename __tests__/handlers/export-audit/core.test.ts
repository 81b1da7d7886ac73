import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeHandler } from "#handlers/export-audit/core.ts";

const midnight = Date.parse("2026-11-22T00:00:00.000Z");

/** A new row of the audit, as the stream gives it. */
const record = (sequence: number, at = midnight, more: object = {}) => ({
  eventName: "INSERT",
  dynamodb: {
    SequenceNumber: String(sequence),
    NewImage: {
      pk: { S: "USER#owner" },
      sk: { S: `AUDIT#${new Date(at).toISOString()}#id${sequence}` },
      id: { S: `id${sequence}` },
      at: { N: String(at) },
      action: { S: "ban" },
      by: { S: "moderator" },
      userId: { S: "viewer" },
      reason: { S: "spam" },
      ...more,
    },
  },
});
const unreadable = (sequence: number) => ({
  dynamodb: { SequenceNumber: String(sequence), NewImage: { pk: { N: "1" } } },
});

function bucket(isBroken: (key: string) => boolean = () => false) {
  const objects = new Map<string, string>();
  const lines: unknown[] = [];
  const handler = makeHandler({
    put: async (key, body) => {
      if (isBroken(key)) throw new TypeError("no");
      objects.set(key, body);
    },
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
  });
  /** Runs a batch as Lambda does: from the first failure on, again. */
  const failuresOf = async (Records: unknown[]) =>
    (await handler({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const ids = () =>
    [...objects.values()].flatMap((body) => body.split("\n").flatMap((line) => (line ? JSON.parse(line).id : [])));
  return { objects, lines, failuresOf, ids };
}

describe("the export of the audit", () => {
  test("writes one object for a batch, a line for each act", async () => {
    const { objects, failuresOf } = bucket();
    const timeout = record(8, midnight + 1000, { action: { S: "timeout" }, detail: { S: "10" } });
    expect(await failuresOf([record(7), timeout])).toEqual([]);
    expect([...objects.keys()]).toEqual(["audit/2026/11/22/7.jsonl"]);
    const [first, second, end] = objects.get("audit/2026/11/22/7.jsonl")?.split("\n") ?? [];
    const act = { room: "owner", by: "moderator", userId: "viewer", reason: "spam" };
    expect(JSON.parse(first ?? "")).toEqual({ at: "2026-11-22T00:00:00.000Z", id: "id7", action: "ban", ...act });
    expect(JSON.parse(second ?? "")).toEqual({
      ...{ at: "2026-11-22T00:00:01.000Z", id: "id8", action: "timeout", detail: "10" },
      ...act,
    });
    expect(end).toBe("");
  });

  test("keeps each day's acts under the day", async () => {
    const { objects, failuresOf } = bucket();
    await failuresOf([record(1, midnight - 1), record(2)]);
    expect([...objects.keys()]).toEqual(["audit/2026/11/21/1.jsonl", "audit/2026/11/22/2.jsonl"]);
  });

  test("names the change that it cannot read, writes the others, and says so in a line without them", async () => {
    const { failuresOf, ids, lines } = bucket();
    expect(await failuresOf([record(1), unreadable(2), record(3)])).toEqual(["2"]);
    expect(ids()).toEqual(["id1", "id3"]);
    expect(lines).toEqual([{ level: "error", message: "change not understood", sequenceNumber: "2" }]);
  });

  test("names the first change of an object that could not be written", async () => {
    const { failuresOf, lines } = bucket((key) => key.includes("/21/"));
    expect(await failuresOf([record(1, midnight - 2), record(2, midnight - 1), record(3)])).toEqual(["1"]);
    expect(lines).toEqual([
      { level: "error", message: "audit not exported", key: "audit/2026/11/21/1.jsonl", error: "TypeError" },
    ]);
  });

  test("loses and doubles no act, however batches fail, are halved and come again", async () => {
    const acts = fc.array(fc.record({ day: fc.nat(2), isBad: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(acts, fc.infiniteStream(fc.nat(3)), async (given, chances) => {
        const next = () => chances.next().value as number;
        const { failuresOf, ids } = bucket(() => next() === 0);
        const records = given.map(({ day, isBad }, index) =>
          isBad ? unreadable(index) : record(index, midnight + (given.length - index > 4 ? 0 : day) * 86_400_000),
        );
        /** As Lambda: from the first failure on, halved now and then; a change that fails alone for good is given up. */
        const deliver = async (batch: typeof records, tries: number): Promise<void> => {
          if (batch.length === 0) return;
          const failed = await failuresOf(batch);
          const first = batch.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
          if (first === -1) return;
          const rest = batch.slice(first);
          if (rest.length === 1)
            return tries > 200 || given[Number(failed[0])]?.isBad ? undefined : deliver(rest, tries + 1);
          const half = Math.ceil(rest.length / 2);
          await deliver(rest.slice(0, half), tries + 1);
          await deliver(rest.slice(half), tries + 1);
        };
        await deliver(records, 0);
        const good = given.flatMap(({ isBad }, index) => (isBad ? [] : `id${index}`));
        expect(ids().sort()).toEqual(good.sort());
      }),
    );
  });
});
