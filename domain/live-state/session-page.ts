import { CursorError, type Page, type PageRequest } from "../profiles/profile.ts";
import type { SessionEntry } from "./session-entry.ts";
import { type StreamSession, sessionsOf } from "./sessions.ts";

/** A channel's history, newest entry first. */
export type ReadEntries = (page: PageRequest) => Promise<Page<SessionEntry>>;

interface ReadSession {
  readonly streamId: string;
  /** Milliseconds: of what was read so far. */
  first: number;
  /** Where reading has to begin for all of it. */
  readonly cursor: string | undefined;
  /** The oldest entry but those that tell of its end; these can stand among the next stream's. */
  begun: number;
}

/** Entries that are read at once, the most that a page has. */
const entriesAtOnce = 100;
const endings = new Set(["Stream End", "Session Ended"]);

/** Where a list of sessions goes on: with those that began before, whose entries begin at a page of the history. */
interface Place {
  readonly before: number;
  readonly cursor: string | undefined;
}

const writePlace = ({ before, cursor = "" }: Place) => `${before}.${cursor}`;

/** @throws CursorError */
function readPlace(text: string): Place {
  const [, before, cursor] = /^(\d{1,15})\.(.*)$/.exec(text) ?? [];
  if (before === undefined) throw new CursorError('cursor must be the "next" of an earlier page');
  return { before: Number(before), cursor: cursor || undefined };
}

/** Reads entries until `isEnough` of the sessions that began before, newest first; a session is whole when an older one has begun. */
async function readSessions(
  readEntries: ReadEntries,
  { before, cursor }: Place,
  isEnough: (whole: readonly ReadSession[]) => boolean,
) {
  const entries: SessionEntry[] = [];
  const byStream = new Map<string, ReadSession>();
  let inOrder: ReadSession[] = [];
  let next = cursor;
  do {
    const from = next;
    const page = await readEntries({ limit: entriesAtOnce, cursor: from });
    next = page.next;
    for (const entry of page.rows) {
      const { streamId, at, kind, name } = entry;
      if (streamId === undefined) continue;
      entries.push(entry);
      const session = byStream.get(streamId) ?? { streamId, first: at, cursor: from, begun: Number.POSITIVE_INFINITY };
      byStream.set(streamId, session);
      session.first = Math.min(session.first, at);
      if (kind !== "state" || !endings.has(name)) session.begun = Math.min(session.begun, at);
    }
    inOrder = [...byStream.values()].filter(({ first }) => first < before).sort((a, b) => b.first - a.first);
    const oldestBegun = Math.min(...inOrder.map(({ begun }) => begun));
    if (isEnough(next === undefined ? inOrder : inOrder.filter(({ first }) => oldestBegun < first))) break;
  } while (next !== undefined);
  return { entries, inOrder, next };
}

/**
 * A channel's streams, newest first. Pages are cut between streams: what is read of the history ends when an older
 * stream has begun, and the next page reads again from where the first entry of an older stream stood.
 *
 * @throws CursorError
 */
export async function sessionPage(readEntries: ReadEntries, page: PageRequest): Promise<Page<StreamSession>> {
  const place =
    page.cursor === undefined ? { before: Number.POSITIVE_INFINITY, cursor: undefined } : readPlace(page.cursor);
  const { entries, inOrder, next } = await readSessions(readEntries, place, ({ length }) => length >= page.limit);
  const last = inOrder[page.limit - 1];
  const shown = new Set(inOrder.slice(0, page.limit).map(({ streamId }) => streamId));
  const rows = sessionsOf(entries).filter(({ streamId }) => shown.has(streamId));
  const [older] = inOrder.slice(page.limit);
  if (last === undefined || (older === undefined && next === undefined)) return { rows };
  return { rows, next: writePlace({ before: last.first, cursor: firstCursor(inOrder.slice(page.limit), next) }) };
}

/** One stream of a channel; undefined for one that its history does not know. */
export async function findSession(readEntries: ReadEntries, streamId: string): Promise<StreamSession | undefined> {
  const place = { before: Number.POSITIVE_INFINITY, cursor: undefined };
  const isIt = (session: { readonly streamId: string }) => session.streamId === streamId;
  const { entries } = await readSessions(readEntries, place, (whole) => whole.some(isIt));
  return sessionsOf(entries).find(isIt);
}
