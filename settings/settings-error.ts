import type * as v from "valibot";

/** What is wrong with one setting, in the words of the file that holds it. */
export interface Problem {
  /** For example `environments.dev.channels[2].latencyMode`. */
  readonly path: string;
  readonly rule: string;
  readonly got: unknown;
}

/** Settings that cannot be used; every problem is named, and nothing was synthesized. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly code = "SETTINGS_INVALID";
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, rule, got }) => `${file}, ${path}: ${show(got)} ${rule}.`);
    super(`${lines.join("\n")}  SETTINGS_INVALID`);
    this.problems = problems;
  }
}

function show(got: unknown): string {
  if (got === undefined) return "nothing";
  return JSON.stringify(got);
}

/** What valibot found, in our words. */
export function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).reduce(
    (before, { key }) => (typeof key === "number" ? `${before}[${key}]` : `${before && `${before}.`}${String(key)}`),
    "",
  );
  return { path, rule: ruleOf(issue), got: isUnknownKey(issue) ? issue.path?.at(-1)?.value : issue.input };
}

/** Valibot reports a key that should not be there as an object that wanted `never`. */
const isUnknownKey = ({ type, expected }: v.BaseIssue<unknown>) => type === "strict_object" && expected === "never";

function ruleOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object") return issue.message;
  if (isUnknownKey(issue)) return "is not a known setting";
  return issue.expected?.startsWith('"') ? "is required" : "is not an object";
}
