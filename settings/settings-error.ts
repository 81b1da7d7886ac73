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
