import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { matching, text } from "./checks.ts";
import { readJson } from "./read-json.ts";
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

/** The object that holds the state of one stack. */
export const stateKey = (environment: string, stack: string): string => `onair/${environment}/${stack}.tfstate`;

/**
 * The remote state of an environment: `backend.<environment>.tf.json` where there is one, else backend.tf.json.
 * Throws {@link SettingsError}, also where another environment keeps its state in the same bucket: both would own it.
 *
 * @param folder the project's root
 * @param environments all environments that there are
 */
export function readBackend(folder: string, environment: string, environments: readonly string[]): Backend {
  const backend = readFile(fileOf(folder, environment));
  const sharing = environments.find(
    (other) => other !== environment && readFile(fileOf(folder, other)).bucket === backend.bucket,
  );
  if (sharing === undefined) return backend;
  const rule = `is the bucket of environment ${sharing} too: say another one in backend.${environment}.tf.json`;
  const file = basename(fileOf(folder, environment));
  throw new SettingsError(file, [{ path: "terraform.backend.s3.bucket", rule, got: backend.bucket }]);
}

function fileOf(folder: string, environment: string): string {
  const own = join(folder, `backend.${environment}.tf.json`);
  return existsSync(own) ? own : join(folder, "backend.tf.json");
}

function readFile(file: string): Backend {
  const parsed = v.safeParse(backendFile, readJson(file));
  if (parsed.success) return parsed.output.terraform.backend.s3;
  throw new SettingsError(basename(file), parsed.issues.map(problemOf));
}
