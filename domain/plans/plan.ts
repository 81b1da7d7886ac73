/** How much a user may ask for, where it costs. */
export interface Plan {
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
}

/** By group; `everyone` is for who is in none of the others. */
export type Plans = Readonly<Record<string, Plan>>;

const everyone = "everyone";

const ownPlan = (plans: Plans, group: string): Plan | undefined =>
  Object.hasOwn(plans, group) ? plans[group] : undefined;

/**
 * The plan of a user: of all that their groups give, the one with the most requests a day, then the most a second.
 * Undefined when there is none for them: they are not counted.
 */
export function planOf(groups: readonly string[], plans: Plans): Plan | undefined {
  return [everyone, ...groups]
    .map((group) => ownPlan(plans, group))
    .filter((plan) => plan !== undefined)
    .sort(
      (one, other) => other.requestsPerDay - one.requestsPerDay || other.requestsPerSecond - one.requestsPerSecond,
    )[0];
}
