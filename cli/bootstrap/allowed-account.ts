import type { ChosenEnvironment } from "../environment.ts";
import { CliError } from "../terminal/cli-error.ts";

/**
 * Refuses credentials of an account that the environment does not allow, before anything is made: Terraform refuses them
 * too, but only once the bucket, whose name is then taken for everybody, and the table are there.
 *
 * @param account the caller's, twelve digits
 */
export function refuseOtherAccount(
  { name, allowedAccountIds }: ChosenEnvironment,
  account: string,
  again: string,
): void {
  if (allowedAccountIds.length === 0 || allowedAccountIds.includes(account)) return;
  throw new CliError(
    "ACCOUNT_NOT_ALLOWED",
    `The credentials belong to account ${account}, and environment ${name} allows ${allowedAccountIds.join(", ")}.`,
    "Nothing was made.",
    `Use other credentials, or change allowedAccountIds in cdktf.json, then: ${again}`,
  );
}
