import type { Command } from "commander";
import type { Terminal } from "../terminal/terminal.ts";

/** One thing that `onair` does, in a file of its own that is loaded when it is asked for. */
export interface Verb {
  /** Two command lines that run as they are written. */
  readonly examples: readonly [string, string];
  /** What its exit codes mean, on one line. */
  readonly exitCodes: string;
  /** Declares arguments and options. */
  define(command: Command): void;
  /**
   * Does it; returns the exit code.
   *
   * @param args in their order
   * @throws CliError
   */
  run(terminal: Terminal, args: readonly string[], options: Readonly<Record<string, unknown>>): Promise<number>;
}

/** A verb as the list of all shows it. */
export interface VerbEntry {
  readonly name: string;
  /** One sentence, at most 60 characters. */
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}
