import { spawnSync } from "node:child_process";
import { CliError } from "../terminal/cli-error.ts";

/** Of one text: GitHub takes 65,536. */
export const MOST_CHARACTERS = 65_000;

/** Every page of a list of GitHub's API. */
export function listed<Item>(path: string): Item[] {
  const pages = JSON.parse(gh(["api", "--paginate", "--slurp", path])) as Item[][];
  return pages.flat();
}

export function read<Value>(path: string): Value {
  return JSON.parse(gh(["api", path])) as Value;
}

/** Sends JSON to GitHub's API. */
export function send(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): void {
  const input = body === undefined ? [] : ["--input", "-"];
  gh(["api", "--method", method, path, ...input], body === undefined ? "" : JSON.stringify(body));
}

/** Deletes what may be gone already. */
export function remove(path: string): void {
  try {
    send("DELETE", path);
  } catch (thrown) {
    if (!(thrown instanceof CliError && thrown.why.includes("HTTP 404"))) throw thrown;
  }
}

/** Asks GitHub's GraphQL; variables are texts. */
export function asked<Data>(query: string, variables: Readonly<Record<string, string>>): Data {
  const fields = Object.entries({ query, ...variables }).flatMap(([name, value]) => [
    "--raw-field",
    `${name}=${value}`,
  ]);
  return (JSON.parse(gh(["api", "graphql", ...fields])) as { readonly data: Data }).data;
}

/** GitHub's own command, with the token of its environment. */
function gh(args: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync("gh", args, { input, encoding: "utf8", maxBuffer: 64 << 20 });
  if (status === 0) return stdout;
  const why = error?.message ?? stderr;
  throw new CliError("GITHUB_FAILED", `gh ${args.slice(0, 4).join(" ")} failed.`, why, "Run the job again.");
}
