import { CursorError, type Page, type PageRequest } from "../profiles/profile.ts";
import type { SessionEntry } from "./session-entry.ts";
import { type StreamSession, sessionsOf } from "./sessions.ts";

/** A channel's history, newest entry first. */
export type ReadEntries = (page: PageRequest) => Promise<Page<SessionEntry>>;

/** Where a list of streams goes on: with those that began before, whose entries begin at a page of the history. */
interface Place {
  /** Milliseconds. */
  readonly before: number;
  readonly cursor: string | undefined;
}

/** A stream, as far as its entries were read. */
interface ReadStream {
  readonly streamId: string;
  /** The place in `starts` of the page that its newest entry is on. */
  readonly page: number;
  /** When its oldest entry was, in milliseconds. */
  first: number;
  /** The same without entries that tell of its end: those can stand among the next stream's. */
  begun: number;
}

interface Reading {
  readonly entries: readonly SessionEntry[];
  /** Newest first. */
  readonly streams: readonly ReadStream[];
  /** The cursor of each page that was read, and of the one after them; `undefined` is the beginning, or the end. */
  readonly starts: readonly (string | undefined)[];
  readonly isAtEnd: boolean;
}

const beginning: Place = { before: Number.POSITIVE_INFINITY, cursor: undefined };
/** The most that a page has. */
const entriesAtOnce = 100;
/** After so many no more are read than must be: a stream that struggles has thousands, and a stream that never was all. */
const enoughEntries = 5000;
const endings = new Set(["Stream End", "Session Ended"]);

function note(streams: Map<string, ReadStream>, { streamId, at, kind, name }: SessionEntry, page: number): void {
  if (streamId === undefined) return;
  const stream = streams.get(streamId) ?? { streamId, page, first: at, begun: Number.POSITIVE_INFINITY };
  stream.first = Math.min(stream.first, at);
  if (kind !== "state" || !endings.has(name)) stream.begun = Math.min(stream.begun, at);
  streams.set(streamId, stream);
}

/**
 * Whether nothing older can belong to a stream: an older one is known to have begun. Of a stream that is only known to
 * have ended, two: the end can stand behind the beginning of the next one.
 */
function isWhole(stream: ReadStream, streams: readonly ReadStream[]): boolean {
  const older = streams.filter((other) => other !== stream && other.begun < stream.first);
  return older.length >= (Number.isFinite(stream.begun) ? 1 : 2);
}

/** The newest streams, as far as they are whole. */
function wholeOnes(streams: readonly ReadStream[]): readonly ReadStream[] {
  const half = streams.findIndex((stream) => !isWhole(stream, streams));
  return half === -1 ? streams : streams.slice(0, half);
}

/** Reads entries, page by page, until they are enough for what is wanted. */
async function readStreams(
  readEntries: ReadEntries,
  { before, cursor }: Place,
  isEnough: (streams: readonly ReadStream[], entries: number) => boolean,
): Promise<Reading> {
  const entries: SessionEntry[] = [];
  const noted = new Map<string, ReadStream>();
  const starts = [cursor];
  for (;;) {
    const { rows, next } = await readEntries({ limit: entriesAtOnce, cursor: starts.at(-1) });
    for (const entry of rows) note(noted, entry, starts.length - 1);
    entries.push(...rows);
    starts.push(next);
    const streams = [...noted.values()].filter(({ first }) => first < before).sort((a, b) => b.first - a.first);
    const isAtEnd = next === undefined;
    if (isAtEnd || isEnough(streams, entries.length)) return { entries, streams, starts, isAtEnd };
  }
}

const writePlace = ({ before, cursor = "" }: Place) => `${before}.${cursor}`;

/** @throws CursorError */
function readPlace(text: string | undefined): Place {
  if (text === undefined) return beginning;
  const [, before, cursor] = /^(\d{1,15})\.(.*)$/.exec(text) ?? [];
  if (before === undefined) {
    throw new CursorError(`cursor must be the "next" of an earlier page, got ${JSON.stringify(text.slice(0, 80))}`);
  }
  return { before: Number(before), cursor: cursor || undefined };
}

/**
 * A channel's streams, newest first, each with all of its entries: pages are cut between streams, never inside one. What
 * was read of older streams than a page shows is read again for the next page. A page of streams with very many entries
 * holds fewer than its limit, and one at least.
 *
 * @param enough after so many entries, a page ends with the streams that are whole @default 5000
 * @throws CursorError
 */
export async function sessionPage(
  readEntries: ReadEntries,
  { limit, cursor }: PageRequest,
  enough = enoughEntries,
): Promise<Page<StreamSession>> {
  const place = readPlace(cursor);
  const reading = await readStreams(readEntries, place, (streams, entries) => {
    const { length } = wholeOnes(streams);
    return length >= limit || (length > 0 && entries >= enough);
  });
  const shown = (reading.isAtEnd ? reading.streams : wholeOnes(reading.streams)).slice(0, limit);
  const older = reading.streams.slice(shown.length);
  const ids = new Set(shown.map(({ streamId }) => streamId));
  const rows = sessionsOf(reading.entries)
    .filter(({ streamId }) => ids.has(streamId))
    // What began after the newest of this page is on an earlier page.
    .map((session) => (Number.isFinite(place.before) ? { endedAt: place.before, ...session } : session));
  const last = shown.at(-1);
  if (last === undefined || (older.length === 0 && reading.isAtEnd)) return { rows };
  const start = Math.min(reading.starts.length - 1, ...older.map(({ page }) => page));
  return { rows, next: writePlace({ before: last.first, cursor: reading.starts[start] }) };
}

/**
 * One stream of a channel, among the last 5,000 entries of its history; undefined for one that they do not know. Of a
 * stream that goes back further, what they know of it.
 */
export async function findSession(readEntries: ReadEntries, streamId: string): Promise<StreamSession | undefined> {
  const isIt = (stream: { readonly streamId: string }) => stream.streamId === streamId;
  const { entries } = await readStreams(readEntries, beginning, (streams, read) => {
    const stream = streams.find(isIt);
    return read >= enoughEntries || (stream !== undefined && isWhole(stream, streams));
  });
  return sessionsOf(entries).find(isIt);
}
