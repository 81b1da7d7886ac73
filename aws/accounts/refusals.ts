import { ServiceError, type ServiceErrorCode } from "#domain/accounts/service-error.ts";

/** The service's error by name, and what it means here. */
const meanings: Readonly<Record<string, ServiceErrorCode>> = {
  ServiceQuotaExceededException: "QUOTA",
  ThrottlingException: "THROTTLED",
  ConflictException: "CONFLICT",
  ServiceUnavailable: "UNAVAILABLE",
  StreamUnavailable: "UNAVAILABLE",
  ResourceNotFoundException: "GONE",
};

/** An error of an SDK client, as far as it is the same for all services. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  /** Where IVS says what other services say in `message`. */
  readonly exceptionMessage?: string;
  readonly $metadata?: { readonly requestId?: string };
}

/** The calls that name a channel, and nothing else that could be missing, such as a recording or logging configuration. */
const namesChannelOnly: ReadonlySet<string> = new Set(["CreateStreamKey", "GetChannel"]);

function meaningOf(operation: string, { name }: SdkError): ServiceErrorCode | undefined {
  const meaning = meanings[name];
  return meaning === "GONE" && !namesChannelOnly.has(operation) ? undefined : meaning;
}

const isSdkError = (error: unknown): error is SdkError => error instanceof Error && "$metadata" in error;

/** IVS or IVS Chat failed a call for a reason that nothing here is made for: a missing permission, say, or configuration. */
export class CallFailedError extends Error {
  readonly code = "ERR_CALL_FAILED";
}

/** Whether the service refused with an error of this name. */
export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/**
 * Waits for a call of IVS or IVS Chat, and says what its refusal means.
 *
 * @throws ServiceError
 * @throws CallFailedError with the service's own words and the request's id; its cause is the client's error
 */
export async function ask<Answer>(operation: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (!isSdkError(error)) throw error;
    const meaning = meaningOf(operation, error);
    if (meaning !== undefined) throw new ServiceError(meaning, operation, { cause: error });
    const words = error.exceptionMessage ?? error.message;
    const request = error.$metadata?.requestId ?? "without an id";
    throw new CallFailedError(`${operation} failed: ${error.name}, ${words} (request ${request})`, { cause: error });
  }
}

/** The pages of a list, each asked for by `ask`. */
export async function* askPages<Page>(operation: string, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  const asked = pages[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await ask(operation, asked.next());
    if (done) return;
    yield value;
  }
}
