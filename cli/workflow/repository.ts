import { CliError } from "../terminal/cli-error.ts";

/**
 * `owner/name`, as GitHub tells its jobs.
 *
 * @throws CliError USAGE
 */
export function repositoryPath(environment: NodeJS.ProcessEnv = process.env): string {
  const name = environment.GITHUB_REPOSITORY ?? "";
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return `repos/${name}`;
  throw new CliError(
    "USAGE",
    "This is no job of GitHub.",
    "GITHUB_REPOSITORY is not set.",
    "See: docs/guide/delivery.md",
  );
}

/**
 * The branch that a job runs for, as GitHub tells it.
 *
 * @throws CliError USAGE
 */
export function branchName(environment: NodeJS.ProcessEnv = process.env): string {
  const name = environment.GITHUB_REF_NAME;
  if (name) return name;
  const what = "This is no job of GitHub.";
  throw new CliError("USAGE", what, "GITHUB_REF_NAME is not set.", "See: docs/guide/delivery.md");
}

/**
 * A whole number, as an option gives it.
 *
 * @throws CliError USAGE
 */
export function numberOf(text: string | undefined, what: string): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  throw new CliError("USAGE", `${what} is no number.`, `Got: ${text ?? "nothing"}`, "See: docs/guide/delivery.md");
}
