import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusePlaceholder } from "#cli/bootstrap/placeholder.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "onair-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const backend = (bucket: string) => JSON.stringify({ terraform: { backend: { s3: { bucket } } } }, undefined, 2);

function refusal(environment: string, bucket: string): string[] {
  try {
    refusePlaceholder(root, environment, bucket);
  } catch (thrown) {
    if (thrown instanceof CliError) return errorLines(thrown);
    throw thrown;
  }
  return [];
}

test("names the file and the line to change", () => {
  writeFileSync(join(root, "backend.tf.json"), backend("onair-state-change-me"));
  expect(refusal("dev", "onair-state-change-me")).toEqual([
    "The state's bucket still has the name that the project ships with: onair-state-change-me.",
    "  Bucket names are shared by everybody on AWS, so that one cannot be yours. Nothing was changed.",
    "  Choose a name in backend.tf.json, line 5, then: npm run bootstrap  BUCKET_PLACEHOLDER",
  ]);
});

test("names the environment's own file where there is one", () => {
  writeFileSync(join(root, "backend.tf.json"), backend("mine"));
  writeFileSync(join(root, "backend.prod.tf.json"), backend("state-CHANGE-ME"));
  expect(refusal("prod", "state-CHANGE-ME").at(-1)).toContain("backend.prod.tf.json, line 5");
});

test("accepts any name that somebody chose", () => {
  expect(refusal("dev", "acme-onair-state")).toEqual([]);
});
