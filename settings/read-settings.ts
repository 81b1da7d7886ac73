import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as v from "valibot";
import { relationProblems } from "./relations.ts";
import { environmentSettings, type Settings } from "./schema.ts";
import { problemOf, SettingsError } from "./settings-error.ts";

/** The environment that is meant where nobody says one. */
export const DEFAULT_ENVIRONMENT = "dev";

/**
 * The settings of one environment, from `context.environments` of cdktf.json.
 * Throws {@link SettingsError} with every problem: its path, the rule and the value.
 *
 * @param file cdktf.json
 * @param environment a key of `context.environments`
 */
export function readSettings(file: string, environment: string): Settings {
  const environments: unknown = JSON.parse(readFileSync(file, "utf8"))?.context?.environments;
  const known = environments && typeof environments === "object" ? Object.entries(environments) : [];
  const found = known.find(([name]) => name === environment);
  if (!found) {
    const rule = `is not one of ${known.map(([name]) => name).join(", ")} (context.environments)`;
    throw new SettingsError(basename(file), [{ path: "ONAIR_ENV", rule, got: environment }]);
  }
  return parseSettings(found[1], { file: basename(file), path: `environments.${environment}` });
}

/** Checks one environment's settings and fills in the defaults; `where` begins the paths in problems. */
export function parseSettings(value: unknown, where: { file: string; path: string }): Settings {
  const parsed = v.safeParse(environmentSettings, value);
  const problems = parsed.success ? relationProblems(parsed.output) : parsed.issues.map(problemOf);
  if (problems.length > 0 || !parsed.success) {
    throw new SettingsError(
      where.file,
      problems.map((problem) => ({ ...problem, path: `${where.path}${problem.path && `.${problem.path}`}` })),
    );
  }
  return parsed.output;
}
