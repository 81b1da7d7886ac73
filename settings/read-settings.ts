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

const APART = "give it another name, or each of the two allowedAccountIds of its own";

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
  for (const other of known) {
    const [outer, inner] = other[0].length < environment.length ? [other, found] : [found, other];
    if (!reaches(outer, inner)) continue;
    const rule = `begins as the names of what "${outer[0]}" has, whose roles would reach it: ${APART}`;
    throw new SettingsError(basename(file), [{ path: "context.environments", rule, got: inner[0] }]);
  }
  const settings = parseSettings(found[1], { file: basename(file), path: `environments.${environment}` });
  if (settings.delivery !== undefined && HOLDS_RIGHTS.test(environment)) {
    const rule = "is no name for an environment with delivery: its roles would reach those of others, or their states";
    throw new SettingsError(basename(file), [{ path: "context.environments", rule, got: environment }]);
  }
  return settings;
}

type Written = readonly [name: string, settings: unknown];

/**
 * Whether what an environment has, `onair-dev-…`, is called as what another one has, `onair-dev-two-…`: its roles would reach
 * that, in whatever region, since roles and buckets are in none. Accounts that both name keep them apart.
 */
function reaches([name, settings]: Written, [other, others]: Written): boolean {
  if (!other.startsWith(`${name}-`)) return false;
  const [own, theirs] = [accountsOf(settings), accountsOf(others)];
  return own.length === 0 || theirs.length === 0 || own.some((account) => theirs.includes(account));
}

/** As they are written: those of the other environment were not checked. */
const accountsOf = (settings: unknown): unknown[] => {
  const { allowedAccountIds } = (settings ?? {}) as { allowedAccountIds?: unknown };
  return Array.isArray(allowedAccountIds) ? allowedAccountIds : [];
};

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
