import fc from "fast-check";
import { expect, it } from "vitest";
import { type SessionEntry, sessionEntry } from "#domain/live-state/session-entry.ts";
import { findSession, type ReadEntries, sessionPage } from "#domain/live-state/session-page.ts";
import { type StreamSession, sessionsOf } from "#domain/live-state/sessions.ts";
import { CursorError } from "#domain/profiles/profile.ts";
import { channelArn } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const entry = (name: string, streamId: string, second: number, kind: SessionEntry["kind"] = "state") =>
  sessionEntry({ kind, name, channelArn: channelArn(1), streamId, at: noon + second * 1000, facts: {} }, 30);

/** A history in pages of a few entries, as the table reads it. */
const history = (entries: readonly SessionEntry[], atOnce: number): ReadEntries => {
  const newestFirst = [...entries].sort((one, other) => (one.key < other.key ? 1 : -1));
  return async ({ cursor }) => {
    const start = cursor === undefined ? 0 : Number(cursor);
    const rows = newestFirst.slice(start, start + atOnce);
    const end = start + rows.length;
    return { rows, ...(end < newestFirst.length && { next: String(end) }) };
  };
};

const everyPage = async (readEntries: ReadEntries, limit: number, enough?: number) => {
  const pages: (readonly StreamSession[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await sessionPage(readEntries, { limit, cursor }, enough);
    pages.push(page.rows);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
};

/** Streams one after the other, with some entries lost, and ends that come when the next stream has begun. */
const streams = fc
  .array(
    fc.record({
      health: fc.nat(6),
      hasStart: fc.boolean(),
      hasEnd: fc.boolean(),
      endsLate: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((shapes) =>
    shapes.flatMap(({ health, hasStart, hasEnd, endsLate }, stream) => {
      const id = `st-${stream}`;
      const start = stream * 100;
      return [
        ...(hasStart ? [entry("Session Created", id, start), entry("Stream Start", id, start + 1)] : []),
        ...Array.from({ length: health + (hasStart ? 0 : 1) }, (_, place) =>
          entry("Starvation Start", id, start + 10 + place, "health"),
        ),
        ...(hasEnd
          ? [entry("Stream End", id, start + 50), entry("Session Ended", id, start + (endsLate ? 115 : 51))]
          : []),
      ];
    }),
  );

it("lists what all entries together say, in pages that never hold half a stream", async () => {
  await fc.assert(
    fc.asyncProperty(
      streams,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (entries, atOnce, limit) => {
        const pages = await everyPage(history(entries, atOnce), limit);
        expect(pages.flat()).toEqual(sessionsOf(entries));
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
      },
    ),
  );
});

it("holds fewer streams on a page than asked for, and none of them half, once it has read enough", async () => {
  await fc.assert(
    fc.asyncProperty(
      streams,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(20),
      async (entries, atOnce, limit, enough) => {
        const pages = await everyPage(history(entries, atOnce), limit, enough);
        expect(pages.flat()).toEqual(sessionsOf(entries));
        expect(pages.slice(0, -1).every(({ length }) => length > 0 && length <= limit)).toBe(true);
      },
    ),
  );
});

it("reads no more of streams that struggle than enough, and then to the end of one", async () => {
  const struggling = Array.from({ length: 5 }, (_, stream) =>
    Array.from({ length: 3000 }, (_, place) =>
      entry("Starvation Start", `st-${stream}`, stream * 10_000 + place, "health"),
    ),
  ).flat();
  let pages = 0;
  const whole = history(struggling, 100);
  const counted: ReadEntries = (page) => {
    pages += 1;
    return whole(page);
  };
  const { rows, next } = await sessionPage(counted, { limit: 100 });
  expect(rows.map(({ streamId, incidents }) => [streamId, incidents.length])).toEqual([["st-4", 3000]]);
  expect(next).toBeDefined();
  expect(pages).toBe(50);
});

it("finds one stream whole, wherever the history's pages cut it", async () => {
  await fc.assert(
    fc.asyncProperty(streams, fc.integer({ min: 1, max: 9 }), async (entries, atOnce) => {
      for (const session of sessionsOf(entries)) {
        expect(await findSession(history(entries, atOnce), session.streamId)).toEqual(session);
      }
    }),
  );
});

it("does not find a stream of another channel", async () => {
  expect(await findSession(history([entry("Stream Start", "st-a", 0)], 5), "st-b")).toBeUndefined();
});

it("looks for a stream in the last 5,000 entries of a history, however long that is", async () => {
  const endless = (last: string) => {
    let pages = 0;
    const readEntries: ReadEntries = async ({ limit }) => {
      pages += 1;
      const first = pages * limit;
      const rows = Array.from({ length: limit }, (_, place) =>
        entry("Starvation Start", last, -first - place, "health"),
      );
      return { rows, next: String(pages) };
    };
    return { readEntries, pages: () => pages };
  };
  const other = endless("st-a");
  expect(await findSession(other.readEntries, "st-b")).toBeUndefined();
  expect(other.pages()).toBe(50);
  const ofItself = endless("st-b");
  expect(await findSession(ofItself.readEntries, "st-b")).toMatchObject({ streamId: "st-b", endReported: false });
  expect(ofItself.pages()).toBe(50);
});

it("refuses a cursor that no page gave", async () => {
  const page = sessionPage(history([], 5), { limit: 5, cursor: "st-a" });
  await expect(page).rejects.toThrow(new CursorError('cursor must be the "next" of an earlier page, got "st-a"'));
});
