import { subByEmail } from "#aws/operator/pool-users.ts";
import { ownerOfName } from "#aws/table/owners.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Services } from "./services.ts";

/** What Cognito calls people by, and the platform the channels of the house. */
const subForm = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|house:.+)$/;

/**
 * The sub of whom an operator means: by sub, e-mail address, or the name of a channel.
 *
 * @throws CliError USER_UNKNOWN
 */
export async function findSub({ table, cognito, platform }: Services, who: string): Promise<string> {
  if (subForm.test(who)) return who;
  const byEmail = who.includes("@");
  const sub = byEmail ? await subByEmail(cognito, platform.userPoolId, who) : await ownerOfName(table, who);
  if (sub !== undefined) return sub;
  const what = byEmail ? "Nobody has that e-mail address." : `No channel has the name ${who}.`;
  throw unknownUser(what);
}

export const unknownUser = (what: string): CliError =>
  new CliError("USER_UNKNOWN", what, "Nothing was changed.", "See: onair users list");
