import { basename } from "node:path";
import * as v from "valibot";
import { readJson } from "./read-json.ts";
import { relationProblems } from "./relations.ts";
import { environmentSettings, type Settings } from "./schema.ts";
import { problemOf, SettingsError } from "./settings-error.ts";

/** It becomes part of names on AWS and of the keys of states. */
const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,15}$/;

/** What begins as the names of delivery's own roles (`onair-delivery-…`) and of buckets of states (`onair-terraform-…`). */
const HOLDS_RIGHTS = /^(delivery|terraform)(-|$)/;

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
  const known = Object.entries(environmentsOf(readJson(file)));
  const found = known.find(([name]) => name === environment);
  if (!found) {
    const rule = `is not one of ${known.map(([name]) => name).join(", ")} (context.environments)`;
    throw new SettingsError(basename(file), [{ path: "ONAIR_ENV", rule, got: environment }]);
  }
  if (!ENVIRONMENT_NAME.test(environment)) {
    const rule = "is not an environment's name of 1 to 16 small letters, digits or hyphens, a letter first";
    throw new SettingsError(basename(file), [{ path: "context.environments", rule, got: environment }]);
  }
  const settings = parseSettings(found[1], { file: basename(file), path: `environments.${environment}` });
  if (settings.delivery !== undefined && HOLDS_RIGHTS.test(environment)) {
    const rule = "is no name for an environment with delivery: its roles would reach those of others, or their states";
    throw new SettingsError(basename(file), [{ path: "context.environments", rule, got: environment }]);
  }
  return settings;
}

/** The names of all environments that cdktf.json has. */
export function environmentNames(file: string): string[] {
  return Object.keys(environmentsOf(readJson(file)));
}

function environmentsOf(json: unknown): object {
  const { environments } = (json as { context?: { environments?: unknown } } | null)?.context ?? {};
  return environments && typeof environments === "object" ? environments : {};
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
