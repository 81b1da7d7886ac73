import type { S3Client } from "@aws-sdk/client-s3";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { StateBackend } from "./state-backend.ts";

/** The name of the key that AWS keeps for S3 in each account. */
const managedKey = "alias/aws/s3";
/** Beside the states; nothing reads it. */
const object = { Key: "onair/.encryption", Body: "Put by npm run bootstrap, so that alias/aws/s3 exists.\n" };

/**
 * Makes sure that alias/aws/s3 is there where the backend names it. AWS makes that key when S3 first encrypts with KMS and
 * no key is named; Terraform names it in its first write of a state, which is believed to fail with NotFoundException in an
 * account without it. Unverified: nothing was run against a real AWS account yet.
 *
 * @param account the caller's, twelve digits
 */
export async function ensureManagedKey(s3: S3Client, backend: StateBackend, account: string): Promise<void> {
  if (backend.kmsKeyId !== managedKey) return;
  const owned = { Bucket: backend.bucket, ExpectedBucketOwner: account };
  try {
    await s3.send(new PutObjectCommand({ ...owned, ...object, ServerSideEncryption: "aws:kms", IfNoneMatch: "*" }));
  } catch (error) {
    // An earlier run, or another one just now, has put it.
    if (!alreadyThere.has((error as Error).name)) throw error;
  }
}

const alreadyThere = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);
