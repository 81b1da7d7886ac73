import type { StateResource } from "#aws/state-backend/read-state.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Inventory } from "./inventory.ts";

const nothing = "Nothing was removed.";

/** Settings, or what was deployed by them, say that the environment is to be kept. */
export function refuseProtected(environment: string, isProtected: boolean, { stacks }: Inventory, again: string): void {
  const kept = stacks.flatMap(({ stack, resources }) => (stack === "state" ? [] : resources.filter(isKept)));
  if (!isProtected && kept.length === 0) return;
  const what = `Environment ${environment} is protected${isProtected ? " by its settings" : " as it was deployed"}.`;
  const names = kept.slice(0, 3).map(({ address }) => address);
  const cure = `Set "protect": false in cdktf.json, deploy it, then: ${again}`;
  throw new CliError("ENVIRONMENT_PROTECTED", what, [...names, nothing].join("\n"), cure);
}

/** What AWS itself refuses to delete. */
const isKept = ({ attributes: { deletion_protection_enabled: table, deletion_protection: pool } }: StateResource) =>
  table === true || pool === "ACTIVE";

/** Terraform would fail half-way at a bucket that it may not empty. */
export function refuseFullBuckets({ buckets }: Inventory, again: string): void {
  const full = buckets.filter(({ objects, mayBeEmptied }) => objects > 0 && !mayBeEmptied);
  if (full.length === 0) return;
  const lines = full.map(({ name }) => name);
  const what = `${full.length === 1 ? "A bucket holds" : `${full.length} buckets hold`} objects.`;
  const cure = `Empty them, or set "forceDestroyBuckets": true in cdktf.json and deploy it, then: ${again}`;
  throw new CliError("BUCKETS_FULL", what, [...lines.slice(0, 3), nothing].join("\n"), cure);
}

/** Somebody is told what would go, and has to say its name. */
export function refuseUnconfirmed(environment: string, said: string | undefined): void {
  if (said === environment) return;
  const what = said === undefined ? `Nobody has confirmed it.` : `That is not the name of environment ${environment}.`;
  throw new CliError("NOT_CONFIRMED", what, nothing, `To remove all of it: onair destroy --confirm ${environment}`);
}

/** The bucket of states is named by whoever wants it gone. */
export function refuseOtherBucket(bucket: string, named: string | undefined): void {
  if (named === undefined || named === bucket) return;
  const what = `The state is not in bucket ${named}.`;
  throw new CliError("USAGE", what, nothing, `To remove the state, too: onair destroy --state ${bucket}`);
}
