/** Exit code of each failure that can keep the local cloud from starting or running on. */
export const EXIT_CODES = {
  USAGE: 2,
  PROVIDER_MISSING: 6,
  PYTHON_MISSING: 6,
  VENV_MISSING: 6,
  ALREADY_RUNNING: 1,
  FOLDER_NOT_WRITABLE: 1,
  GENERATIONS_UNUSABLE: 1,
  INSTALL_FAILED: 1,
  NOT_READY: 1,
  PART_DIED: 1,
  PORT_BUSY: 1,
} as const;

/** The docs and scripts know a failure by this word. */
export type FailureCode = keyof typeof EXIT_CODES;

/** A failure that the user can read and cure: what failed, why, one cure. It is shown as it is, without a stack. */
export class CloudFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
