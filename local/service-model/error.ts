import { idOf } from "./identifiers.ts";

/** More members of an error's body, besides its message; which ones exist is in the service's model. */
export interface ErrorDetails {
  readonly resourceId?: string;
  readonly limit?: number;
  readonly reason?: string;
  readonly fieldList?: readonly { readonly name: string; readonly message: string }[];
}

/** A refusal that the client gets as the service's own error, for example `ResourceNotFoundException`. */
export class ServiceError extends Error {
  /** The error's name in the service model; the model gives its status. */
  readonly code: string;
  readonly details: ErrorDetails;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = "ServiceError";
    this.code = code;
    this.details = details;
  }
}

/** A `resourceId` holds letters and digits only, though an ARN may be asked for that has a hyphen. */
const resourceIdOf = (arn: string) => idOf(arn).replaceAll("-", "");

/** The resource does not exist in the caller's account and region. */
export const notFound = (arn: string): ServiceError =>
  new ServiceError("ResourceNotFoundException", `Resource: ${arn} not found`, { resourceId: resourceIdOf(arn) });

/** What is asked for does not go with the state that the resource is in. */
export const conflict = (arn: string, message: string): ServiceError =>
  new ServiceError("ConflictException", message, { resourceId: resourceIdOf(arn) });

/** One more of these would be above the account's quota. */
export const quotaExceeded = (what: string, limit: number): ServiceError =>
  new ServiceError("ServiceQuotaExceededException", `Quota exceeded: at most ${limit} ${what}`, { limit });
