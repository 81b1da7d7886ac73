import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import * as v from "valibot";

/** What Lambda says of a function that threw. */
const failure = v.object({ errorType: v.optional(v.string(), "Error"), errorMessage: v.optional(v.string(), "") });

/** A function was called, and threw. */
export class FunctionFailedError extends Error {
  readonly code = "ERR_FUNCTION_FAILED";
  readonly functionName: string;

  constructor(functionName: string, message: string) {
    super(message);
    this.functionName = functionName;
  }
}

/**
 * Calls a function and waits for its answer; undefined where it gives none.
 *
 * @throws FunctionFailedError with the type and message of what it threw
 */
export async function invoke(lambda: LambdaClient, functionName: string, event: unknown): Promise<unknown> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  const text = Payload === undefined ? "" : Buffer.from(Payload).toString("utf8");
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  if (FunctionError === undefined) return answer ?? undefined;
  const { errorType, errorMessage } = v.parse(failure, answer ?? {});
  throw new FunctionFailedError(functionName, `${errorType}: ${errorMessage}`);
}
