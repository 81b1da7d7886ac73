import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/guide/private-playback.md"), "utf8");
const table = page.split("## What could go wrong")[1] ?? "";
const rows = table.split("\n").filter((line) => /^\| (?!attack|---)/.test(line));
const tests = readdirSync(join(root, "__tests__"), { recursive: true, encoding: "utf8" });

/** What a row names: files of tests, and perhaps the words of one of their facts. */
const shownBy = (row: string) => {
  const last = row.split("|").at(-2) ?? "";
  const files = [...last.matchAll(/`([\w-]+(?:\.\w+)*\.test\.ts)`/g)].map(([, file = ""]) => file);
  const words = /: ([^`]+)$/.exec(last.trim())?.[1];
  return { files, words };
};

describe("the threats of private playback", () => {
  it("are a table", () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows.filter((row) => !row.includes("the same")))("are shown by tests that there are: %s", (row) => {
    const { files, words } = shownBy(row);
    expect(files).not.toEqual([]);
    const texts = files.flatMap((file) => {
      const paths = tests.filter((test) => test.endsWith(`/${file}`));
      expect(paths, file).not.toEqual([]);
      return paths.map((path) => readFileSync(join(root, "__tests__", path), "utf8"));
    });
    if (words !== undefined) expect(texts.join("\n")).toContain(words);
  });
});
