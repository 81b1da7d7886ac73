import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { verbs } from "#cli/onair/verbs.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The folders that hold something of the project, and no package and no cloud of this machine. */
const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^cdktf\.out$/.test(entry.name))
  .map(({ name }) => name);

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !/node_modules|cdktf\.out/.test(name))
      .map((name) => join(folder, name)),
  ),
];

/** The anchors that a page's headings have, as GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );

/** What a page links to within the project, as it is written. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^\w+:/.test(link));

const leadsSomewhere = (page: string, link: string): boolean => {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  return existsSync(join(ROOT, target)) && (anchor === undefined || anchorsOf(read(target)).includes(anchor));
};

describe("the pages", () => {
  it.each(pages)("%s links to files and headings that are there", (page) => {
    expect(linksOf(read(page)).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it.each(pages)("%s names scripts and verbs that there are", (page) => {
    const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts);
    const text = read(page);
    const named = [...text.matchAll(/npm run ([a-z]+(?:[:-][a-z]+)*)/g)].map(([, script]) => script);
    expect(named.filter((script) => script !== undefined && !scripts.includes(script))).toEqual([]);
    const known = verbs.map(({ name }) => name);
    const asked = [...text.matchAll(/npx onair ([a-z][a-z-]+)/g)].map(([, verb]) => verb);
    expect(asked.filter((verb) => verb !== undefined && !known.includes(verb))).toEqual([]);
  });
});
