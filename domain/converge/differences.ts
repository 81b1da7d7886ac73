/** One attribute that is not as it is wanted. */
export interface Difference {
  readonly attribute: string;
  readonly is: unknown;
  /** Undefined where it is to go. */
  readonly wanted: unknown;
}

/** Lists are sets here: the services keep no order of ARNs. */
const comparable = (value: unknown): string => JSON.stringify(Array.isArray(value) ? [...value].sort() : value) ?? "";

/** What differs of all that is wanted; what nobody wants anything of is not looked at. */
export function differences<State extends object>(is: State, wanted: Partial<State>): Difference[] {
  return Object.entries(wanted)
    .map(([attribute, value]) => ({ attribute, is: is[attribute as keyof State], wanted: value as unknown }))
    .filter((difference) => comparable(difference.is) !== comparable(difference.wanted));
}
