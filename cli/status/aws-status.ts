import { STSClient } from "@aws-sdk/client-sts";
import { callerAccount } from "#aws/state-backend/caller.ts";
import type { AwsTarget } from "../onair/target.ts";
import type { AwsStatus } from "./status.ts";

/** Which account the credentials at hand belong to. */
export async function readAwsStatus({ region, endpoint }: AwsTarget): Promise<AwsStatus> {
  const sts = new STSClient({ region });
  try {
    return { kind: "aws", endpoint: endpoint ?? null, region, accountId: await callerAccount(sts) };
  } finally {
    sts.destroy();
  }
}
