import type { Project } from "./project.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What every part of a command works with. */
export interface RunContext {
  readonly project: Project;
  readonly terminal: Terminal;
  /** Of all children. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted, with the error to end with as its reason, when the user or a dead part ends the run. */
  readonly signal: AbortSignal;
  /** The command that goes on after a cure, for example `npm start`. */
  readonly again: string;
  /** The command that begins with an empty cloud, where there is one to begin with. */
  readonly afresh?: string;
  /** The command that frees a lock left behind. */
  readonly unlock: (stack: string, lockId: string) => string;
}
