import type { CliError } from "../terminal/cli-error.ts";
import { exitCodes } from "../terminal/cli-error.ts";

/** The one object that a verb answers with under `--json`. Keys are added in time, never taken away. */
export interface JsonResult {
  readonly schemaVersion: 1;
  readonly command: string | null;
  readonly status: "ok" | "error";
  readonly data: unknown;
  readonly warnings: readonly string[];
  readonly error: JsonError | null;
}

export interface JsonError {
  /** As docs/reference/errors.md lists it. */
  readonly code: string;
  readonly category: (typeof categories)[number];
  readonly message: string;
  /** The same command may succeed later, with nothing changed. */
  readonly retryable: boolean;
  readonly details: readonly string[];
  /** What cures it. */
  readonly actions: readonly { readonly label: string }[];
}

/** By exit code. */
const categories = ["failed", "usage", "needs-input", "unreachable", "locked", "prerequisite", "interrupted"] as const;

export function jsonAnswer(command: string, data: unknown, warnings: readonly string[] = []): string {
  return write({ schemaVersion: 1, command, status: "ok", data, warnings, error: null });
}

/** @param data what is known in spite of the error */
export function jsonFailure(command: string | null, { code, what, why, cure }: CliError, data: unknown = null): string {
  const exitCode = exitCodes[code];
  const error: JsonError = {
    code,
    category: exitCode === 130 ? "interrupted" : (categories[exitCode - 1] ?? "failed"),
    message: what,
    retryable: code === "AWS_UNREACHABLE" || code === "LOCK_HELD",
    details: why.split("\n").filter((line) => line !== ""),
    actions: [{ label: cure }],
  };
  return write({ schemaVersion: 1, command, status: "error", data, warnings: [], error });
}

function write(result: JsonResult): string {
  return JSON.stringify(result, undefined, 2);
}
