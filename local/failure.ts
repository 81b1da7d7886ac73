/** What can keep the local cloud from starting or running on; the docs and scripts know it by this word. */
export type FailureCode =
  | "PORT_BUSY"
  | "FOLDER_NOT_WRITABLE"
  | "ALREADY_RUNNING"
  | "PYTHON_MISSING"
  | "VENV_MISSING"
  | "INSTALL_FAILED"
  | "PART_DIED"
  | "GENERATIONS_UNUSABLE"
  | "USAGE";

/** A failure that the user can read and cure: what failed, why, one cure. It is shown as it is, without a stack. */
export class CloudFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
