import { LeaseLostError } from "#domain/accounts/lease.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import { CursorError } from "#domain/profiles/profile.ts";
import type { log } from "../log.ts";
import { invalidRequest, Problem } from "./problem.ts";

/**
 * How AWS says that there are too many calls, or that another call is on the same thing right now, which S3 says by its
 * last two; each means the same from every service.
 */
const throttled =
  /^(Throttling|TooManyRequests|ProvisionedThroughputExceeded|RequestLimitExceeded|SlowDown|LimitExceeded|TransactionConflict|OperationAborted|ConditionalRequestConflict)/;

const tooManyCalls = (): Problem =>
  new Problem(503, "BUSY", "Too much is going on right now.", "Try again in a moment.", {
    headers: { "retry-after": "2" },
  });

/** Whatever went wrong, as a problem. What nobody has planned for tells the caller nothing but the request's id. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CursorError) {
    return invalidRequest([
      { field: "query.cursor", rule: "must be the next of an earlier answer", got: "another text" },
    ]);
  }
  if (error instanceof ServiceError || error instanceof LeaseLostError) return tooManyCalls();
  if (error instanceof Error && throttled.test(error.name)) return tooManyCalls();
  const detail = `The request failed on our side. Its id is ${requestId}.`;
  return new Problem(500, "INTERNAL", "Something went wrong.", detail);
}

const nameOf = (error: unknown): string | undefined => (error instanceof Error ? error.name : undefined);

/** Where an error comes from, without its message, which may repeat what somebody wrote. */
const framesOf = (error: unknown): string[] =>
  (error instanceof Error ? (error.stack ?? "") : "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim());

/** Leaves one line about a refused or failed request: which fields, never what was in them. */
export function logFailure(
  write: typeof log,
  error: unknown,
  problem: Problem,
  { requestId, route }: { readonly requestId: string; readonly route: string },
): void {
  const fields = {
    requestId,
    route,
    status: problem.status,
    code: problem.code,
    ...(problem.errors && { fields: problem.errors.map(({ field }) => field) }),
  };
  if (problem.status < 500) {
    write("info", "request refused", fields);
    return;
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  write(
    "error",
    "request failed",
    {
      ...fields,
      error: nameOf(error),
      errorCode: typeof code === "string" ? code : undefined,
      cause: error instanceof Error ? nameOf(error.cause) : undefined,
      at: framesOf(error),
    },
    code === "THROTTLED" ? { ServiceThrottles: 1 } : {},
  );
}
