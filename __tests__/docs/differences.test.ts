import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = join(ROOT, "docs/reference/differences.md");
const page = readFileSync(PAGE, "utf8");
const [differences = "", unverified = ""] = page.split("\n## Unverified facts\n");

/** Where what the service does, and was not seen to do, may be written down. */
const FOLDERS = ["local", "aws", "cli", "constructs", "domain", "handlers", "settings", "stacks", "web"];

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const marked = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => relative(ROOT, join(file.parentPath, file.name)))
    .filter((path) => !path.includes("__pycache__") && /unverified/i.test(read(path))),
).sort();

const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
    relative(ROOT, join(dirname(PAGE), target ?? "")),
  );

const listed = linksOf(unverified);

describe("docs/reference/differences.md", () => {
  it.each(marked)("lists what is unverified in %s", (path) => {
    expect(listed).toContain(path);
  });

  it("lists no file twice, and none that has nothing unverified", () => {
    expect([...listed].sort()).toEqual(marked);
  });

  it("says a fact beside each file", () => {
    const rows = unverified.split("\n").filter((line) => line.includes("]("));
    expect(rows.filter((row) => !/^\| .+ \| \[[\w.-]+\]\([^)]+\) \|$/.test(row))).toEqual([]);
  });

  it("says of each difference what the service does, what happens here, and what follows", () => {
    const rows = differences.split("\n").filter((line) => line.startsWith("|"));
    expect(rows.filter((row) => row.split("|").length !== 5)).toEqual([]);
  });
});
