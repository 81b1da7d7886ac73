import { setTimeout as sleep } from "node:timers/promises";
import type { Service, ServiceRequest } from "../service.ts";

/** What became of a request, by its token. */
export interface Progress {
  readonly token: string;
  readonly typeName: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** Absent where nothing was made. */
  readonly identifier?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly failure?: Failure;
  readonly clientToken?: string;
  /** Of the request, so that a client's token is good for one. */
  readonly fingerprint: string;
}

interface Failure {
  /** A HandlerErrorCode of Cloud Control. */
  readonly code: string;
  readonly message: string;
}

/** Which HandlerErrorCode the type's handler makes of an error of IVS; unverified. */
const HANDLER_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ConflictException: "ResourceConflict",
  InternalServerException: "ServiceInternalError",
  ResourceNotFoundException: "NotFound",
  ServiceQuotaExceededException: "ServiceLimitExceeded",
  ThrottlingException: "Throttling",
  ValidationException: "InvalidRequest",
};

const ATTEMPTS = 40;
const PAUSE_MILLISECONDS = 250;

/** What IVS answers; where it is asked too often, it is asked again, as handlers do. */
const askEngine = async (engine: Service, call: ServiceRequest) => {
  for (let attempt = 1; ; attempt++) {
    const answer = await engine.handle(call);
    const isThrottled = answer.headers?.["x-amzn-errortype"] === "ThrottlingException";
    if (!isThrottled || attempt === ATTEMPTS) return answer;
    await sleep(PAUSE_MILLISECONDS);
  }
};

/** Makes the calls one after the other, up to the first that IVS refuses. */
export const carryOut = async (
  engine: Service,
  calls: readonly ServiceRequest[],
): Promise<{ readonly body: unknown; readonly failure?: Failure }> => {
  let body: unknown;
  for (const call of calls) {
    const answer = await askEngine(engine, call);
    const error = answer.headers?.["x-amzn-errortype"];
    body = answer.body;
    if (error === undefined) continue;
    const { exceptionMessage = "" } = body as { readonly exceptionMessage?: string };
    return { body, failure: { code: HANDLER_ERRORS[error] ?? "GeneralServiceException", message: exceptionMessage } };
  }
  return { body };
};

/** A ProgressEvent; a creation goes on until the resource has settled. */
export const progressEvent = (progress: Progress, state: unknown) => {
  const { token, typeName, operation, identifier, at } = progress;
  const failure =
    state === "CREATE_FAILED"
      ? { code: "NotStabilized", message: `Resource ${identifier} ended in ${state}` }
      : progress.failure;
  const status = failure ? "FAILED" : state === "CREATING" ? "IN_PROGRESS" : "SUCCESS";
  return {
    TypeName: typeName,
    ...(identifier !== undefined && status !== "IN_PROGRESS" && { Identifier: identifier }),
    RequestToken: token,
    Operation: operation,
    OperationStatus: status,
    EventTime: at / 1000,
    ...(failure && { ErrorCode: failure.code, StatusMessage: failure.message }),
  };
};
