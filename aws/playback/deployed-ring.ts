import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** The ring as the function that signs was deployed with it. */
export interface DeployedRing {
  /** The names of the keys that IVS trusts, the one that signs first. */
  readonly keys: readonly string[];
  /** When the function was last changed, in milliseconds: the ring has been so since then at least. */
  readonly changedAt: number;
  /** It is being changed now, so that some of it may still be as before. */
  readonly isChanging: boolean;
}

/** @param functionName of `playback-token`; its env.ts says what its variables mean */
export async function readDeployedRing(lambda: LambdaClient, functionName: string): Promise<DeployedRing> {
  const { Environment, LastModified, LastUpdateStatus } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const changedAt = Date.parse(LastModified ?? "");
  // Whoever waits for a time after it would not wait at all.
  if (Number.isNaN(changedAt)) throw new Error(`Lambda does not say when ${functionName} was changed.`);
  const names = Environment?.Variables?.PLAYBACK_KEYS ?? "";
  return {
    keys: names.split(",").filter((name) => name !== ""),
    changedAt,
    isChanging: LastUpdateStatus === "InProgress",
  };
}
