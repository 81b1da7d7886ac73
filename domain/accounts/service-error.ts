/**
 * What IVS and IVS Chat refuse with, as far as it matters here: 402, 429, 409 (the channel is live), of a stop 503, and
 * of a new key or a channel's addresses 404 (the channel is gone). A removal of what is not there is no error to the ports.
 */
export type ServiceErrorCode = "QUOTA" | "THROTTLED" | "CONFLICT" | "UNAVAILABLE" | "GONE";

/** The service refused a call and did nothing. */
export class ServiceError extends Error {
  readonly code: ServiceErrorCode;
  readonly operation: string;

  constructor(code: ServiceErrorCode, operation: string, options?: ErrorOptions) {
    super(`${operation} was refused: ${code}`, options);
    this.name = "ServiceError";
    this.code = code;
    this.operation = operation;
  }
}

/** Whether what the row names is not there any more. */
export const isGone = (error: unknown): boolean => error instanceof ServiceError && error.code === "GONE";
