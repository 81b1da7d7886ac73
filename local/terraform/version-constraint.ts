/** Thrown for a constraint that Terraform would not understand either. */
class ConstraintError extends Error {
  readonly code = "ERR_CONSTRAINT";
}

const parse = (version: string): readonly number[] => version.split(".").map(Number);

const compare = (left: readonly number[], right: readonly number[]): number => {
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** `~> 5.100`: the last number given may grow, those before it may not. */
const isWithin = (version: readonly number[], bound: readonly number[]): boolean =>
  compare(version, bound) >= 0 && bound.slice(0, -1).every((part, index) => version[index] === part);

const OPERATORS: Readonly<Record<string, (version: readonly number[], bound: readonly number[]) => boolean>> = {
  "": (version, bound) => compare(version, bound) === 0,
  "=": (version, bound) => compare(version, bound) === 0,
  "!=": (version, bound) => compare(version, bound) !== 0,
  ">": (version, bound) => compare(version, bound) > 0,
  ">=": (version, bound) => compare(version, bound) >= 0,
  "<": (version, bound) => compare(version, bound) < 0,
  "<=": (version, bound) => compare(version, bound) <= 0,
  "~>": isWithin,
};

/** An operator and a version of one to three numbers. */
const PART = /^\s*(~>|[!<>]?=|[<>]|)\s*(\d+(?:\.\d+){0,2})\s*$/;

/** Whether a text is what {@link satisfies} takes as a constraint. */
export const isConstraint = (text: string): boolean => text.split(",").every((part) => PART.test(part));

/**
 * Whether Terraform would select a version under a constraint such as `>= 5.100.0, < 7.0.0`. Prereleases never match;
 * build metadata (`+…`) does not count.
 * @throws {ConstraintError} for an unknown operator or a bound that is no version.
 */
export const satisfies = (version: string, constraint: string): boolean => {
  const [numbers = ""] = version.split("+");
  if (!/^\d+\.\d+\.\d+$/.test(numbers)) return false;
  return constraint.split(",").every((part) => {
    const [, operator = "", bound] = PART.exec(part) ?? [];
    const test = OPERATORS[operator];
    if (!test || bound === undefined) throw new ConstraintError(`"${part.trim()}" is no version constraint`);
    return test(parse(numbers), parse(bound));
  });
};
