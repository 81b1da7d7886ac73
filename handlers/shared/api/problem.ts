/** What is wrong with one field of a request. */
export interface FieldError {
  /** For example `body.title`, `query.limit`, `path.name`, `header.idempotency-key`. */
  readonly field: string;
  /** In words that can follow the field's name: `must be 1 to 140 characters`. */
  readonly rule: string;
  /** What came instead, shortened; of a secret only what kind of thing it was. */
  readonly got: string;
}

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  /** Further headers of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document, such as until when a ban lasts. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** A request that is refused; it is answered as RFC 9457 says, and never holds a secret. */
export class Problem extends Error {
  readonly status: number;
  /** Never changes: programs read it. */
  readonly code: string;
  /** What is wrong, the same for each problem with this code. */
  readonly title: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, string>>;

  /** @param detail what is wrong this time */
  constructor(status: number, code: string, title: string, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.title = title;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.extra = options.extra ?? {};
  }
}

/** A request with fields that break their rules; all of them at once. */
export const invalidRequest = (errors: readonly FieldError[]): Problem =>
  new Problem(
    400,
    "INVALID_REQUEST",
    "The request breaks a rule.",
    errors.map(({ field, rule, got }) => `${field} ${rule}; got ${got}.`).join(" "),
    { errors },
  );

/** The body of the answer, of type application/problem+json. */
export const problemDocument = ({ status, code, title, message, errors, extra }: Problem) => ({
  type: `urn:onair:problem:${code.toLowerCase().replaceAll("_", "-")}`,
  status,
  code,
  title,
  detail: message,
  ...(errors && { errors }),
  ...extra,
});
