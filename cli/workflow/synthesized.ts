import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Backend, stateKey } from "#settings/backend.ts";
import { stackNames } from "../project.ts";
import { refusedIn } from "./allow-list.ts";

const STACK = /^stacks\/([\w-]+)\/cdk\.tf\.json$/;
/** Bundles of handlers, and what belongs to them: read as bytes, never run. */
const ASSET = /^stacks\/[\w-]+\/assets\/[\w-]+\/[0-9A-F]+\/[\w.-]+$/;

/**
 * What a folder that somebody else synthesized has that must not be planned with credentials: files that Terraform would
 * read besides the stacks, links that lead out of the folder, and what the stacks say (allow-list.ts).
 */
export function refusedInFolder(folder: string, environment: string, backend: Backend): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const problems = files.flatMap((file) => {
    const path = relative(folder, join(file.parentPath, file.name));
    if (!file.isFile()) return [`${path}: is no plain file`];
    const stack = STACK.exec(path)?.[1];
    if (stack === undefined) return path === "manifest.json" || ASSET.test(path) ? [] : [`${path}: is not synthesized`];
    if (!stackNames.some((name) => name === stack)) return [`${path}: is no stack of ours`];
    return stackProblems(join(folder, path), backend, stateKey(environment, stack)).map((one) => `${path}: ${one}`);
  });
  return files.some(({ name }) => name === "cdk.tf.json") ? problems : [...problems, "there is no stack"];
}

function stackProblems(file: string, backend: Backend, key: string): string[] {
  try {
    return refusedIn(JSON.parse(readFileSync(file, "utf8")), backend, key);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return ["it is not JSON"];
    throw thrown;
  }
}
