import type { CliError } from "./cli-error.ts";
import { asCliError, errorLines, exitCodes } from "./cli-error.ts";
import { showSteps } from "./steps.ts";
import type { Environment, OutputStream, Style } from "./style.ts";
import { detectStyle, encode, paint, symbol } from "./style.ts";

/** Tells what a running step is doing: a text, or a function that is asked for one whenever the line is painted. */
export type Progress = (detail: string | (() => string)) => void;

/** All that a command says. The answer goes to stdout; progress, warnings and errors go to stderr. */
export interface Terminal {
  /** One line of the answer. */
  answer(line: string): void;
  /** One line about what goes on. */
  note(line: string): void;
  /**
   * Runs one step and shows its start, its seconds and its end. What `work` returns as `summary` is said at the end.
   * A step that throws is marked as failed; saying why is left to {@link fail}.
   */
  step<Value>(title: string, work: (progress: Progress) => Promise<StepResult<Value>>): Promise<Value>;
  /** Says why the command ends, as the last thing on the screen, and returns the exit code. */
  fail(thrown: unknown): number;
}

export interface StepResult<Value> {
  readonly value: Value;
  readonly summary?: string;
}

export interface WritableOutput extends OutputStream {
  write(text: string): unknown;
  on?(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface TerminalOptions {
  readonly stdout: WritableOutput;
  readonly stderr: WritableOutput;
  readonly environment: Environment;
}

export function createTerminal({ stdout, stderr, environment }: TerminalOptions): Terminal {
  const answerStyle = detectStyle(stdout, environment);
  const noteStyle = detectStyle(stderr, environment);
  // A reader such as `head`, or the terminal itself, may go away early: that is no error of ours.
  for (const stream of new Set([stdout, stderr])) stream.on?.("error", ignoreClosedPipe);
  const steps = showSteps(noteStyle, (text) => stderr.write(encode(noteStyle, text)));
  return {
    answer: (line) => {
      steps.above(() => stdout.write(encode(answerStyle, `${line}\n`)));
    },
    note: (line) => {
      steps.above(() => stderr.write(encode(noteStyle, `${line}\n`)));
    },
    step: steps.run,
    fail: (thrown) => {
      const error = asCliError(thrown);
      steps.above(() => stderr.write(encode(noteStyle, failure(noteStyle, error))));
      return exitCodes[error.code];
    },
  };
}

function failure(style: Style, error: CliError): string {
  const [what = "", ...rest] = errorLines(error);
  return `${[`${paint(style, "red", symbol(style, "failed"))} ${what}`, ...rest].join("\n")}\n`;
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
}
