import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** A function as Lambda has it. */
export interface FunctionState {
  /** It answers calls, and its last change was taken. */
  readonly isReady: boolean;
  /** The names of its variables. */
  readonly variables: readonly string[];
}

/** Undefined where there is no function of that name. */
export async function readFunctionState(lambda: LambdaClient, name: string): Promise<FunctionState | undefined> {
  try {
    const { State, LastUpdateStatus, Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    // Inactive is a function that nobody called for weeks: the next call wakes it.
    const isThere = State === undefined || State === "Active" || State === "Inactive";
    return {
      isReady: isThere && LastUpdateStatus !== "Failed",
      variables: Object.keys(Environment?.Variables ?? {}),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}
