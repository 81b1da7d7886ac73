import type { STSClient } from "@aws-sdk/client-sts";
import { callerAccount } from "#aws/state-backend/caller.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Whose credentials they are, and whether the environment allows that account. Nothing else is asked where it does not. */
export async function checkAccount(
  sts: STSClient,
  { name, allowedAccountIds }: { readonly name: string; readonly allowedAccountIds: readonly string[] },
  isLocal: boolean,
): Promise<Finding> {
  const account = await callerAccount(sts);
  if (allowedAccountIds.includes(account)) return ok("account", `${account}, which ${name} allows`);
  if (allowedAccountIds.length > 0) {
    const seen = `${account}, and ${name} allows ${allowedAccountIds.join(", ")}`;
    return fail("account", seen, "Use other credentials, or change allowedAccountIds in cdktf.json.");
  }
  return isLocal
    ? ok("account", `${account}, of the local cloud`)
    : warn("account", `${account}; ${name} allows any`, "Name the account in allowedAccountIds of cdktf.json.");
}
