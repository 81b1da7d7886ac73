import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What IAM decided once, or often, on a call that was made under a role. */
export interface Decision {
  /** The role's name. */
  readonly role: string;
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** By the role's own policies. */
  readonly allowed: boolean;
  /** Of the statement that decided; empty where none did. */
  readonly sid: string;
}

/** All different decisions of a cloud that was started with `recordDecisions`, so far. */
export const decisionsOf = (cloudFolder: string): readonly Decision[] =>
  readFileSync(join(cloudFolder, "logs", "decisions.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Decision);

/** By role, the actions that were asked for and allowed. */
export function usedActions(cloudFolder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  for (const { role, action, allowed } of decisionsOf(cloudFolder)) {
    if (allowed) used.set(role, (used.get(role) ?? new Set()).add(action));
  }
  return used;
}
