import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Json } from "#domain/plan-review/plan.ts";
import { type Backend, stateKey } from "#settings/backend.ts";
import { stackNames } from "../project.ts";
import { refusedIn } from "./allow-list.ts";
import { refusedInManifest } from "./manifest.ts";

const MANIFEST = "manifest.json";
const STACK = /^stacks\/([\w-]+)\/cdk\.tf\.json$/;
/** Bundles of handlers: read as bytes, never run. A folder of theirs has nothing that Terraform would read. */
const ASSET = /^stacks\/[\w-]+\/assets\/[\w-]+\/[0-9A-F]+\/handler\.mjs$/;

/**
 * What a folder that somebody else synthesized has that must not be planned with credentials: files that Terraform would
 * read besides the stacks, links that lead out of the folder, and what the stacks say (allow-list.ts).
 *
 * Where there is nothing of it, the documents are written anew as they were read here: of a key that stands twice, JSON keeps the
 * last, and Terraform would take both.
 */
export function refusedInFolder(folder: string, environment: string, backend: Backend): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const documents = new Map<string, Json>();
  const problems = files.flatMap((file) => {
    const path = relative(folder, join(file.parentPath, file.name));
    if (!file.isFile()) return [`${path}: is no plain file`];
    const stack = STACK.exec(path)?.[1];
    if (stack === undefined && path !== MANIFEST) return ASSET.test(path) ? [] : [`${path}: is not synthesized`];
    if (stack !== undefined && !stackNames.some((name) => name === stack)) return [`${path}: is no stack of ours`];
    const document = documentOf(join(folder, path));
    if (document === undefined) return [`${path}: it is not JSON`];
    documents.set(path, document);
    if (stack === undefined) return [];
    return refusedIn(document, backend, stateKey(environment, stack)).map((one) => `${path}: ${one}`);
  });
  const stacks = [...documents.keys()].flatMap((path) => STACK.exec(path)?.[1] ?? []);
  const ofManifest = refusedInManifest(documents.get(MANIFEST), stacks).map((one) => `${MANIFEST}: ${one}`);
  const all = [...problems, ...ofManifest, ...(stacks.length === 0 ? ["there is no stack"] : [])];
  if (all.length === 0) {
    for (const [path, document] of documents) writeFileSync(join(folder, path), JSON.stringify(document));
  }
  return all;
}

function documentOf(file: string): Json | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
