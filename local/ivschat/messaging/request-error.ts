import type { ErrorCode } from "./frames.ts";

/** Refuses a client's request; the client gets code and message as an ERROR frame. */
export class RequestError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "RequestError";
    this.code = code;
  }
}
