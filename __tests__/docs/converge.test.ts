import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/guide/converge.md"), "utf8");
const table = page.split("## What Terraform cannot declare at all")[1] ?? "";
const rows = table.split("\n").filter((line) => /^\| (?!thing|---)/.test(line));
const tests = readdirSync(join(root, "__tests__"), { recursive: true, encoding: "utf8" });

describe("what Terraform cannot declare", () => {
  it("is a table of all that is made otherwise, or by nobody", () => {
    const things = rows.map((row) => row.split("|")[1]?.trim());
    expect(things).toEqual([
      "stream key",
      "preset of an ADVANCED channel, plain RTMP (`insecureIngest`), several renditions from the encoder (`multitrack`)",
      ...["playback restriction policy of a channel", "stage", "packager endpoint"],
    ]);
  });

  it.each(rows)("is shown by tests that there are: %s", (row) => {
    const [, , maker = "", shownBy = ""] = row.split("|");
    const files = [...shownBy.matchAll(/`([\w.-]+\.test\.ts)`/g)].map(([, file]) => file);
    expect(files.length > 0 || maker.trim().startsWith("nobody")).toBe(true);
    expect(files.filter((file) => !tests.some((test) => test.endsWith(`/${file}`)))).toEqual([]);
  });
});
