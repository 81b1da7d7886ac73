import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { constructPaths, synthesizedOf, withConstructPaths } from "#cli/terraform/construct-paths.ts";

const paths = new Map([["aws_s3_bucket.recordings_ED80F6FD", "recordings/Bucket"]]);

test.each([
  [
    "aws_s3_bucket.recordings_ED80F6FD: Creating...",
    "aws_s3_bucket.recordings_ED80F6FD (recordings/Bucket): Creating...",
  ],
  ["  with aws_s3_bucket.recordings_ED80F6FD,", "  with aws_s3_bucket.recordings_ED80F6FD (recordings/Bucket),"],
  ["aws_s3_bucket.other: Creating...", "aws_s3_bucket.other: Creating..."],
  ["Plan: 1 to add, 0 to change, 0 to destroy.", "Plan: 1 to add, 0 to change, 0 to destroy."],
])("reads %s as %s", (line, named) => {
  expect(withConstructPaths(line, paths)).toBe(named);
});

test("finds the paths in a synthesized stack, without the stack's own name", () => {
  const folder = mkdtempSync(join(tmpdir(), "onair-"));
  const bucket = { "//": { metadata: { path: "platform/recordings/Bucket" } }, bucket: "recordings" };
  const resource = { aws_s3_bucket: { recordings_ED80F6FD: bucket }, terraform_data: { other: {} } };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource }));
  expect(constructPaths(folder)).toEqual(paths);
  expect(synthesizedOf(folder)).toEqual({
    paths,
    written: new Map<string, unknown>([
      ["aws_s3_bucket.recordings_ED80F6FD", bucket],
      ["terraform_data.other", {}],
    ]),
  });
  rmSync(folder, { recursive: true });
});
