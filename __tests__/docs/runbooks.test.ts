import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blocksOf } from "#__tests__/runbooks/fixture/commands.ts";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "docs/runbooks");
const pages = readdirSync(FOLDER).filter((name) => name !== "README.md");
const rows = readFileSync(join(FOLDER, "README.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ["));
const tests = readdirSync(join(ROOT, "__tests__"), { recursive: true, encoding: "utf8" });

describe("the runbooks", () => {
  it("all stand in the list, and no others", () => {
    const listed = rows.map((row) => /\]\(([\w-]+\.md)\)/.exec(row)?.[1]);
    expect(listed.sort()).toEqual(pages.sort());
  });

  it.each(pages)("%s says how it looks, where to look, what to do and when it is over", (page) => {
    const headings = [...readFileSync(join(FOLDER, page), "utf8").matchAll(/^## (.+)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(headings).toEqual(["How it looks", "Look", "Do", "It is over when"]);
  });

  it.each(pages)("%s has commands, of programs that a team has", (page) => {
    const name = page.replace(".md", "");
    const blocks = ["Look", "Do", "It is over when"].flatMap((heading) => blocksOf(name, heading));
    const commands = blocks.flatMap((block) => block.trim().split("\n"));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((line) => !/^(npx onair|npm run|aws|terraform|git|cd|node -e) /.test(line))).toEqual([]);
  });

  it.each(rows)("are rehearsed: %s", (row) => {
    const [, file = "", fact = ""] = /`([\w-]+(?:\.\w+)*\.test\.ts)`: ([^|]+) \|$/.exec(row) ?? [];
    const found = tests.filter((test) => test.endsWith(`/${file}`));
    expect(found, file).not.toEqual([]);
    expect(found.map((path) => readFileSync(join(ROOT, "__tests__", path), "utf8")).join("\n")).toContain(fact);
  });
});
