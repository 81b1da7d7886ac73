import * as v from "valibot";
import { problem } from "./schema.ts";

/** What else is known of a failed call. */
export interface ApiErrorFacts {
  /** The problem's, where there is one. */
  readonly code?: string | undefined;
  /** What is wrong with which field, by the field's last name: `title`, `name`. */
  readonly fields?: ReadonlyMap<string, string>;
  /** ISO 8601: when what is refused now will not be any more. */
  readonly until?: string | undefined;
  /** Before that, another try is in vain. */
  readonly retryAfterSeconds?: number | undefined;
}

/** A call that failed; the message is fit for people. */
export class ApiError extends Error {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
  readonly until: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, message: string, facts: ApiErrorFacts = {}) {
    const { code, fields = new Map(), until, retryAfterSeconds } = facts;
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.until = until;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The error that a problem document tells of. */
export function problemError({ status, headers }: Pick<Response, "status" | "headers">, body: unknown): ApiError {
  const retryAfterSeconds = secondsIn(headers.get("retry-after"));
  const read = v.safeParse(problem, body);
  if (!read.success) return new ApiError(status, `The server answered ${status}.`, { retryAfterSeconds });
  const { code, title, detail, errors = [], until } = read.output;
  const fields = new Map(errors.map(({ field, rule }) => [field.split(".").at(-1) ?? field, rule]));
  return new ApiError(status, detail || title, { code, fields, until, retryAfterSeconds });
}

/** As the API says it, which names no dates. */
const secondsIn = (header: string | null): number | undefined =>
  header !== null && /^\d{1,5}$/.test(header) ? Number(header) : undefined;
