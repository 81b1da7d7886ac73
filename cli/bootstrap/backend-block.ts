import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { StateBackend } from "#aws/state-backend/state-backend.ts";
import type { Project } from "../project.ts";
import { shortPath, stackFolder } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";

const text = v.pipe(v.string(), v.nonEmpty());
const stackFile = v.object({
  terraform: v.object({
    backend: v.object({
      s3: v.object({ bucket: text, dynamodb_table: text, region: text, key: text, kms_key_id: v.optional(text) }),
    }),
  }),
});

/** Where a synthesized stack keeps its state: the same words that Terraform will read. */
export function readBackendBlock(project: Project, stack: string): StateBackend {
  const file = join(stackFolder(project, stack), "cdk.tf.json");
  const parsed = v.safeParse(stackFile, JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) {
    throw new CliError(
      "SYNTH_FAILED",
      `Stack ${stack} says no complete S3 backend (terraform.backend.s3: bucket, dynamodb_table, region, key).`,
      parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join("\n"),
      `It is written to ${shortPath(project, file)} from backend.tf.json.`,
    );
  }
  const { bucket, dynamodb_table: table, region, key, kms_key_id: kmsKeyId } = parsed.output.terraform.backend.s3;
  return { bucket, table, region, key, kmsKeyId };
}
