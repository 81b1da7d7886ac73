import * as v from "valibot";

/** A function was deployed with a variable that its env.ts does not take. It cannot work before the next deploy. */
class EnvironmentError extends Error {
  readonly code = "ERR_ENVIRONMENT";
}

/** The schema of env.ts: what a function reads of its environment, by variable. */
type EnvironmentSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/**
 * Reads the variables that a function's env.ts names, and no others.
 *
 * @param variables @default the process's own
 * @throws EnvironmentError names each variable and the rule that it breaks; never its value, which may be a secret
 */
export function readEnvironment<Schema extends EnvironmentSchema>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): v.InferOutput<Schema> {
  const asked = Object.keys(schema.entries).flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const read = v.safeParse(schema, Object.fromEntries(asked), { message: ruleOf });
  if (read.success) return read.output;
  const problems = read.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
  throw new EnvironmentError(`${problems.join("; ")}.  ERR_ENVIRONMENT`);
}

/** valibot's own words quote the value; a rule that has words of its own keeps them. */
function ruleOf({ kind, type, expected, received }: v.BaseIssue<unknown>): string {
  if (received === "undefined") return "is missing";
  return kind === "schema" ? `must be ${expected ?? type}` : `must keep the rule ${type}`;
}
