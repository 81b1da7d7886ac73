/** Exit code of each error, by the convention that `--help` and the guide list. */
export const exitCodes = {
  USAGE: 2,
  NOT_CONFIRMED: 2,
  AWS_UNREACHABLE: 4,
  NOT_RUNNING: 4,
  PART_DOWN: 4,
  LOCK_HELD: 5,
  LOCK_UNKNOWN: 1,
  PLATFORM_UNSUPPORTED: 6,
  NODE_TOO_OLD: 6,
  PROVIDER_MISSING: 6,
  PYTHON_MISSING: 6,
  PYTHON_TOO_OLD: 6,
  VENV_MISSING: 6,
  TERRAFORM_MISSING: 6,
  TERRAFORM_TOO_OLD: 6,
  INTERRUPTED: 130,
  ACCOUNT_NOT_ALLOWED: 1,
  ALREADY_RUNNING: 1,
  ALREADY_STARTING: 1,
  AWS_REFUSED: 1,
  BUCKET_FOREIGN: 1,
  BUCKET_PLACEHOLDER: 1,
  BUCKETS_FULL: 1,
  BUCKET_REGION: 1,
  CHANNEL_AMBIGUOUS: 1,
  CHANNEL_UNKNOWN: 1,
  DEPLOY_FAILED: 1,
  DIFFERENCES_LEFT: 1,
  ENVIRONMENT_PROTECTED: 1,
  FOLDER_NOT_WRITABLE: 1,
  FUNCTION_FAILED: 1,
  GENERATIONS_UNUSABLE: 1,
  GITHUB_FAILED: 1,
  INSTALL_FAILED: 1,
  KEY_EXISTS: 1,
  KEY_UNKNOWN: 1,
  KEY_UNUSABLE: 1,
  NOT_ANSWERING: 1,
  NOT_DEPLOYED: 1,
  NOT_LIVE: 1,
  NOT_REVIEWED: 1,
  PART_DIED: 1,
  PLAN_CHANGED: 1,
  PLAN_FAILED: 1,
  PLAN_REFUSED: 1,
  PLAN_STALE: 1,
  PLAN_UNUSABLE: 1,
  PORT_BUSY: 1,
  QUEUE_UNKNOWN: 1,
  ROTATION_BLOCKED: 1,
  SETTINGS_INVALID: 1,
  STATE_IN_USE: 1,
  STILL_RUNNING: 1,
  STREAM_GOES_ON: 1,
  STREAM_KEY_MISSING: 1,
  STREAM_LOST: 1,
  STREAM_REFUSED: 1,
  SYNTH_FAILED: 1,
  SYNTHESIS_REFUSED: 1,
  TABLE_UNFIT: 1,
  TERRAFORM_FAILED: 1,
  TOKEN_UNUSABLE: 1,
  UNEXPECTED: 1,
  UNHEALTHY: 1,
  USER_UNKNOWN: 1,
  VIDEO_UNUSABLE: 1,
} as const;

export type ErrorCode = keyof typeof exitCodes;

export function isErrorCode(word: string): word is ErrorCode {
  return Object.hasOwn(exitCodes, word);
}

/**
 * An error that ends a command: what failed in the user's words, why (the value seen and the value wanted, or a child's
 * last lines), and one command or edit that cures it. Never holds a secret.
 */
export class CliError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  /** Up to four lines; more are cut from the front, because the last ones say most. */
  readonly why: string;
  readonly cure: string;

  constructor(code: ErrorCode, what: string, why: string, cure: string) {
    super(what);
    this.name = "CliError";
    this.code = code;
    this.what = what;
    this.why = why;
    this.cure = cure;
  }
}

const whyLines = 4;

/** The error as at most six lines: what, why (four at most), and the cure with the code as the very last word. */
export function errorLines(error: CliError): string[] {
  const why = error.why
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  return [error.what, ...why.slice(-whyLines).map((line) => `  ${line}`), `  ${error.cure}  ${error.code}`];
}

/** Any thrown value as a {@link CliError}: what we did not foresee says so, and keeps its message. */
export function asCliError(thrown: unknown): CliError {
  if (thrown instanceof CliError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new CliError(
    "UNEXPECTED",
    "Something failed that this command does not know.",
    (error.stack ?? error.message).split("\n").slice(0, whyLines).join("\n"),
    "Please report it with the lines above.",
  );
}
