import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blocksOf, headings, RUNBOOKS } from "#__tests__/runbooks/fixture/page.ts";
import { projectRoot } from "#cli/project.ts";

const read = (...path: readonly string[]) => readFileSync(join(...path), "utf8");
const pages = readdirSync(RUNBOOKS).filter((name) => name !== "README.md");
const rows = read(RUNBOOKS, "README.md")
  .split("\n")
  .filter((line) => line.startsWith("| ["));
const REHEARSALS = join(projectRoot, "__tests__/runbooks");
const tests = readdirSync(REHEARSALS).filter((name) => name.endsWith(".test.ts"));

/** The tests that run every block of a page, by `rehearse`. */
const rehearsing = (page: string) =>
  tests.filter((file) => read(REHEARSALS, file).includes(`rehearse("${page.replace(".md", "")}", `));

describe("the runbooks", () => {
  it("all stand in the list, and no others", () => {
    const listed = rows.map((row) => /\]\(([\w-]+\.md)\)/.exec(row)?.[1]);
    expect(listed.sort()).toEqual(pages.sort());
  });

  it.each(pages)("%s says how it looks, where to look, what to do, when it is over and who tried it", (page) => {
    const found = [...read(RUNBOOKS, page).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(found).toEqual(["How it looks", ...headings, "Rehearsed"]);
  });

  it.each(pages)("%s has commands below each heading, of programs that a team has", (page) => {
    const blocks = headings.map((heading) => blocksOf(page.replace(".md", ""), heading));
    expect(blocks.filter((found) => found.length === 0)).toEqual([]);
    const commands = blocks.flatMap((found) => found.flatMap((block) => block.trim().split("\n")));
    const known = /^(npx onair|npm run|aws|terraform|git|node -e|rm|for) |^[A-Z_]+=/;
    expect(commands.filter((line) => !known.test(line))).toEqual([]);
  });

  it.each(pages)("%s has nothing to fill in within a command, and no block that is not to be pasted", (page) => {
    const all = [...read(RUNBOOKS, page).matchAll(/^```(.*)$/gm)].map(([, language]) => language);
    const blocks = headings.flatMap((heading) => blocksOf(page.replace(".md", ""), heading));
    expect(all).toEqual(blocks.flatMap(() => ["sh", ""]));
    expect(blocks.filter((block) => /<[a-z]+>/.test(block))).toEqual([]);
  });

  it.each(pages)("%s is rehearsed by the test that it and the list name", (page) => {
    const [file = "nobody", ...more] = rehearsing(page);
    expect(more).toEqual([]);
    expect(read(RUNBOOKS, page).split("\n## Rehearsed\n")[1]).toMatch(`\`${file}\`: `);
    expect(rows.find((row) => row.includes(`(${page})`))).toContain(`| \`${file}\` |`);
  });
});
