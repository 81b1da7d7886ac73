import { type RunNote, readRunNote } from "#aws/state-backend/run-note.ts";
import type { StateBackend, StateBackendClients } from "#aws/state-backend/state-backend.ts";
import { type LockHalves, readLockHalves } from "#aws/state-backend/state-lock.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { duration } from "../terminal/duration.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { withStates } from "./states.ts";
import type { LockOptions } from "./verb.ts";

/** The lock of one stack's state, or of one half of it where two runs have one each. */
export interface LockLine {
  readonly stack: string;
  readonly id: string;
  /** `user@machine`. */
  readonly who: string;
  /** For example `OperationTypeApply`. */
  readonly operation: string;
  /** As Terraform wrote it. */
  readonly since: string;
  /** A run that goes on has both; one that was killed may have left either. */
  readonly halves: readonly ("table" | "object")[];
  /** What is carried out; unknown of a run that is none of `onair`'s, or outside of git. */
  readonly commit?: string;
  /** Whether files differ from the commit. */
  readonly dirty?: boolean;
}

/** Longer than that before the lock was taken, a note is of another run, which was killed. */
const MOST_MILLISECONDS_BEFORE = 3_600_000;

/** `onair lock show`: who holds which lock, since when; returns the exit code. */
export async function showLocks(terminal: Terminal, options: LockOptions): Promise<number> {
  const locks = await withStates(terminal, options, "onair lock show", async (clients, states) => {
    const read = states.map(async ({ stack, backend }) => {
      const lines = lockLines(stack, await readLockHalves(clients, backend));
      return Promise.all(lines.map((line) => withCommit(line, clients, backend)));
    });
    return (await Promise.all(read)).flat();
  });
  if (options.json) terminal.answer(jsonAnswer("lock", { locks }));
  else for (const line of shownLocks(locks, new Date())) terminal.answer(line);
  return 0;
}

/** Both halves of a lock are one line; halves of different runs are two. */
export function lockLines(stack: string, { table: item, object }: LockHalves): LockLine[] {
  const held = [item && { half: "table" as const, lock: item }, object && { half: "object" as const, lock: object }];
  const lines = new Map<string, LockLine>();
  for (const { half, lock } of held.flatMap((one) => one ?? [])) {
    const { id, who, operation, created: since } = lock;
    const halves = [...(lines.get(id)?.halves ?? []), half];
    lines.set(id, { stack, id, who, operation, since, halves });
  }
  return [...lines.values()];
}

async function withCommit(
  line: LockLine,
  { dynamodb }: Pick<StateBackendClients, "dynamodb">,
  backend: StateBackend,
): Promise<LockLine> {
  const note = await readRunNote(dynamodb, backend, line.who);
  return note !== undefined && isOf(note, line) ? { ...line, commit: note.commit, dirty: note.dirty } : line;
}

/** A note is written before the lock is taken, by the same machine's clock. */
export function isOf(note: Pick<RunNote, "since">, { since }: Pick<LockLine, "since">): boolean {
  const before = begunAt(since) - Date.parse(note.since);
  return before >= 0 && before <= MOST_MILLISECONDS_BEFORE;
}

export function shownLocks(locks: readonly LockLine[], now: Date): string[] {
  if (locks.length === 0) return ["No state is locked."];
  const rows = locks.map(({ stack, id, who, operation, since, halves, commit, dirty = false }) => [
    stack,
    who,
    ageOf(since, now),
    operation.replace(/^OperationType/, "").toLowerCase(),
    halves.length === 2 ? "both" : `${halves.join("")} only`,
    id,
    commit === undefined ? "unknown" : `${commit.slice(0, 12)}${dirty ? " and changes" : ""}`,
  ]);
  return table(["STACK", "HELD BY", "FOR", "DOES", "HALVES", "ID", "COMMIT"], rows);
}

/** Terraform writes nanoseconds, and a plain date's text behind the zone where it prints one for people. */
const begunAt = (since: string): number => Date.parse(since.replace(/^(\S+) (\S+?)(\.\d+)? \+0000 UTC$/, "$1T$2Z"));

function ageOf(since: string, now: Date): string {
  const begun = begunAt(since);
  return Number.isNaN(begun) ? since : duration(Math.max(0, now.getTime() - begun));
}
