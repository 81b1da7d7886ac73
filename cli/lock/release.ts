import { removeRunNote } from "#aws/state-backend/run-note.ts";
import { releaseStateLock } from "#aws/state-backend/state-lock.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type LockLine, lockLines } from "./show.ts";
import { withStates } from "./states.ts";
import type { LockOptions } from "./verb.ts";

/**
 * `onair lock release`: frees the lock of that id, both halves, of whichever stack has it. A lock of another id is left
 * alone: it belongs to a run that whoever asks has not seen. Returns the exit code.
 *
 * @throws CliError LOCK_UNKNOWN
 */
export async function releaseLock(terminal: Terminal, id: string, options: LockOptions): Promise<number> {
  const released = await withStates(terminal, options, `onair lock release ${id}`, async (clients, states) => {
    const lines: LockLine[] = [];
    for (const { stack, backend } of states) {
      const freed = lockLines(stack, await releaseStateLock(clients, backend, id));
      for (const { who } of freed) await removeRunNote(clients.dynamodb, backend, who);
      lines.push(...freed);
    }
    return lines;
  });
  if (released.length === 0) {
    const cure = "See who holds which: onair lock show";
    throw new CliError("LOCK_UNKNOWN", `No state is locked by ${id}.`, "Nothing was released.", cure);
  }
  for (const { stack, who, halves } of released) {
    const freed = halves.length === 2 ? "both halves" : `the half in the ${halves.join("")}`;
    terminal.answer(`Released the lock of ${stack} that ${who} held (${freed}).`);
  }
  return 0;
}
