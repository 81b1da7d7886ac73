import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitCodes } from "#cli/terminal/cli-error.ts";
import { EXIT_CODES } from "#local/failure.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/reference/errors.md"), "utf8");
const rows = PAGE.split("\n").filter((line) => line.startsWith("| `"));
/** The codes of a row stand in its first cell. */
const codesOf = (row: string) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, code]) => code ?? "");
const documented = new Set(rows.flatMap(codesOf));

/** Every match of a pattern's first group in the TypeScript of a folder. */
function found(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.isFile() && file.name.endsWith(".ts"));
  const codes = sources.flatMap((file) => [
    ...readFileSync(join(file.parentPath, file.name), "utf8").matchAll(pattern),
  ]);
  return [...new Set(codes.map(([, code]) => code ?? ""))].sort();
}

const exits = { ...exitCodes, ...EXIT_CODES };

const thrown = [
  ...Object.keys(exits),
  ...found("aws", /StateBackendError\(\s*"([A-Z_]+)"/g),
  ...found("constructs", /ConfigError\(\s*"(ERR_[A-Z_]+)"/g),
  ...["handlers", "domain", "aws"].flatMap((folder) => found(folder, /readonly code = "(ERR_[A-Z_]+)"/g)),
  ...found("settings", /readonly code = "([A-Z_]+)"/g),
  ...found("local/edge", /refusal\(\s*\d{3},\s*"([A-Z_]+)"/g),
  ...found("local/edge", /\bcode: "([A-Z_]+)"/g),
  ...found("cli/page", /Problem\(\s*\d{3},\s*"([A-Z_]+)"/g),
  ...found("local/media", /"(INGEST_[A-Z]+)"/g),
  ...found("local/media", /readonly code = "([A-Z_]+)"/g),
  // What players are told, in the service's own words.
  ...found("local", /\[\d{3}, "([a-z_]+)"/g),
  ...found("local", /failure\(\d{3}, [^"\n]*"([a-z_]+)"/g),
  ...found("local/media/playback", /PlaybackError\("([a-z_]+)"/g),
];

describe("docs/reference/errors.md", () => {
  it.each([...new Set(thrown)])("explains %s", (code) => {
    expect(documented).toContain(code);
  });

  it("explains nothing that is not thrown", () => {
    expect([...documented].filter((code) => !thrown.includes(code))).toEqual([]);
  });

  it("has one exit code for a failure, whichever command meets it", () => {
    expect(EXIT_CODES).toMatchObject(
      Object.fromEntries(Object.entries(exitCodes).filter(([code]) => code in EXIT_CODES)),
    );
  });

  it.each(Object.entries(exits))("says the exit code of %s", (code, exit) => {
    const row = rows.find((line) => codesOf(line).includes(code));
    if (code !== "SETTINGS_INVALID") expect(row?.split("|")[2]?.trim()).toBe(String(exit));
  });
});
