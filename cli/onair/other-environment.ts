import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stateKey } from "#settings/backend.ts";
import { CliError } from "../terminal/cli-error.ts";

/**
 * Refuses a platform that was synthesized for another environment than the one that is meant: its outputs would be taken
 * for those of the other, and settings of one carried out on channels of the other.
 *
 * @param place the folder of the synthesized platform
 * @throws CliError NOT_DEPLOYED
 */
export function refuseOtherEnvironment(place: string, environment: string, again: string): void {
  const file = join(place, "cdk.tf.json");
  // Without it, Terraform has nothing but the state that it was prepared for.
  if (!existsSync(file)) return;
  const { terraform } = JSON.parse(readFileSync(file, "utf8"));
  const key: unknown = terraform?.backend?.s3?.key;
  if (key === undefined || key === stateKey(environment, "platform")) return;
  const what = `ONAIR_ENV means environment ${environment}, and what was synthesized last is another one.`;
  const cure = `Set ONAIR_ENV, or synthesize the one that you mean by onair plan; then: ${again}`;
  throw new CliError("NOT_DEPLOYED", what, `Its state is ${key}.`, cure);
}
