import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

/** What differs between two folders of synthesized stacks but for the release that wrote them; a line a file. */
export function differences(one: string, other: string): string[] {
  const [first, second] = [filesOf(one), filesOf(other)];
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort();
  return paths.flatMap((path) => {
    const [mine, theirs] = [first.get(path), second.get(path)];
    if (mine === undefined) return [`${path}: only the second has it`];
    if (theirs === undefined) return [`${path}: only the first has it`];
    return mine === theirs ? [] : [`${path}: ${firstDifference(mine, theirs)}`];
  });
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), normal(path, readFileSync(path, "latin1"))] as const;
    }),
  );
}

/**
 * JSON without its layout, which is the writer's taste, and without the differences that are known, none of which Terraform reads:
 * stacks and the manifest say which release of the library wrote them, and warnings say where in it they were made.
 */
function normal(path: string, text: string): string {
  if (!path.endsWith(".json")) return text;
  const document = JSON.parse(text, (key, value) => (key === "stacktrace" ? undefined : value));
  if (basename(path) === "cdk.tf.json") delete document["//"].metadata.version;
  if (basename(path) === "manifest.json") delete document.version;
  return JSON.stringify(document, undefined, 1);
}

function firstDifference(one: string, other: string): string {
  const [mine, theirs] = [one.split("\n"), other.split("\n")];
  const line = mine.findIndex((text, index) => text !== theirs[index]);
  return `${mine[line]?.trim() ?? "its end"} became ${theirs[line]?.trim() ?? "its end"}`;
}
