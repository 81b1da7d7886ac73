import { routes } from "#domain/api/routes.ts";
import type { Facts } from "#domain/plan-review/guard/finding.ts";
import type { StackPlan } from "#domain/plan-review/plan.ts";
import { chosenSettings } from "../environment.ts";
import type { Target } from "../onair/target.ts";
import { projectRoot } from "../project.ts";
import { quotas } from "./quotas.ts";
import { readTargetFacts } from "./target-facts.ts";

/**
 * What the guard is told besides the plans: the settings of the environment that ONAIR_ENV names, the list of routes,
 * quotas and, where a target is given, what it has now.
 *
 * @throws CliError SETTINGS_INVALID, AWS_UNREACHABLE, AWS_REFUSED
 */
export async function readFacts(
  plans: readonly StackPlan[],
  target: Target | undefined,
  again: string,
): Promise<Facts> {
  const { channels } = chosenSettings(projectRoot, again).settings;
  return {
    quotas,
    routes: Object.values(routes),
    privateChannels: new Set(channels.filter(({ access }) => access === "private").map((channel) => channel.name)),
    ...(target && (await readTargetFacts(target.region, plans, again))),
  };
}
