import { CallFailedError } from "#aws/accounts/refusals.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { CliError } from "../terminal/cli-error.ts";

/** A failed call of IVS or IVS Chat, in the service's own words, as an error that says what to do; others as for all of AWS. */
export function serviceFailure(thrown: unknown, again: string): unknown {
  if (!(thrown instanceof ServiceError || thrown instanceof CallFailedError)) return awsFailure(thrown, again);
  const failure = awsFailure(thrown.cause, again);
  if (!(failure instanceof CliError)) return thrown;
  return new CliError(failure.code, failure.what, thrown.message, failure.cure);
}
