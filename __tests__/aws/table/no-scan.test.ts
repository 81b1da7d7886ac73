import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** What runs in production, or says what that may do. */
const files = ["aws", "handlers", "cli", "constructs", "stacks"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file)),
);

/** In every form that DynamoDB has: the call itself, and statements, which scan where they give no key. */
const scans = /\bScan(Command)?\b|\bpaginateScan\b|\bExecuteStatement/;
const comments = /\/\*[\s\S]*?\*\/|\/\/.*/g;

it("reads no table from end to end anywhere that runs in production", () => {
  expect(files.length).toBeGreaterThan(100);
  const code = (file: string) => readFileSync(join(ROOT, file), "utf8").replace(comments, "");
  expect(files.filter((file) => scans.test(code(file)))).toEqual([]);
});
