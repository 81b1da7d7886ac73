import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { matching, text } from "./checks.ts";
import { problemOf, SettingsError } from "./settings-error.ts";

const bucketName = "is not a bucket name of 3 to 63 small letters, digits, dots or hyphens";
const s3Backend = v.strictObject({
  bucket: matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, bucketName),
  region: text(),
  /** Key id, ARN or alias. @default S3's own encryption */
  kms_key_id: v.optional(text()),
  encrypt: v.literal(true, "is not true: state holds what resources hold"),
  dynamodb_table: matching(/^[a-zA-Z0-9_.-]{3,255}$/, "is not a table name of 3 to 255 letters, digits, _ . or -"),
  use_lockfile: v.literal(true, "is not true: both locks are held"),
});
const backendFile = v.strictObject({ terraform: v.strictObject({ backend: v.strictObject({ s3: s3Backend }) }) });

/** Where the state of every stack is kept, and its locks. */
export type Backend = v.InferOutput<typeof s3Backend>;

/**
 * The remote state of an environment: `backend.<environment>.tf.json` where there is one, else backend.tf.json.
 * Throws {@link SettingsError}.
 *
 * @param folder the project's root
 */
export function readBackend(folder: string, environment: string): Backend {
  const own = join(folder, `backend.${environment}.tf.json`);
  const file = existsSync(own) ? own : join(folder, "backend.tf.json");
  const parsed = v.safeParse(backendFile, JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.output.terraform.backend.s3;
  throw new SettingsError(basename(file), parsed.issues.map(problemOf));
}
