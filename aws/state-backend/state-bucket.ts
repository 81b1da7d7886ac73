import { setTimeout as sleep } from "node:timers/promises";
import type { BucketLocationConstraint, S3Client } from "@aws-sdk/client-s3";
import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { Outcome, StateBackend } from "./state-backend.ts";
import { StateBackendError } from "./state-backend.ts";

/**
 * Makes the bucket that holds Terraform's state, or finds it made: in the backend's region, versioned, closed to the
 * public. Safe to call again after having been ended at any point.
 *
 * Refuses a bucket of another account: bucket names are shared by everybody, and state in a stranger's bucket is theirs to
 * read. Every call names the owner that it expects.
 *
 * @param account the caller's, twelve digits
 * @throws StateBackendError BUCKET_FOREIGN, BUCKET_REGION
 */
export async function ensureStateBucket(s3: S3Client, backend: StateBackend, account: string): Promise<Outcome> {
  const outcome = (await isPresent(s3, backend, account)) ? "present" : await create(s3, backend, account);
  const owned = { Bucket: backend.bucket, ExpectedBucketOwner: account };
  await onceSettled(() =>
    s3.send(
      new PutPublicAccessBlockCommand({
        ...owned,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      }),
    ),
  );
  await onceSettled(() =>
    s3.send(new PutBucketVersioningCommand({ ...owned, VersioningConfiguration: { Status: "Enabled" } })),
  );
  return outcome;
}

/** Whether the caller's account has the bucket, where the backend says it is. */
async function isPresent(s3: S3Client, { bucket, region }: StateBackend, account: string): Promise<boolean> {
  try {
    const head = await s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account }));
    refuseOtherRegion(bucket, region, head.BucketRegion);
    return true;
  } catch (error) {
    const { status, region: found } = answerOf(error);
    if (status === 404) return false;
    if (status === 403) throw foreign(bucket, account);
    // A HEAD has no body, so that the SDK cannot follow: another region shows as a redirect with a header.
    if (status === 301) refuseOtherRegion(bucket, region, found ?? "another");
    throw error;
  }
}

async function create(s3: S3Client, backend: StateBackend, account: string): Promise<Outcome> {
  const { bucket, region } = backend;
  // us-east-1 is where a bucket goes that says nothing; S3 refuses it as a LocationConstraint.
  const location =
    region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
    return "created";
  } catch (error) {
    const { name } = answerOf(error);
    if (name === "BucketAlreadyExists") throw foreign(bucket, account);
    // Made in the meantime by another run of the same account.
    if (name === "BucketAlreadyOwnedByYou") return "present";
    throw error;
  }
}

function refuseOtherRegion(bucket: string, wanted: string, found: string | undefined): void {
  if (!found || found === wanted) return;
  throw new StateBackendError("BUCKET_REGION", `Bucket ${bucket} is in region ${found}, not in ${wanted}.`);
}

function foreign(bucket: string, account: string): StateBackendError {
  return new StateBackendError(
    "BUCKET_FOREIGN",
    `Bucket ${bucket} is not account ${account}'s own, or its policy keeps that account out.`,
  );
}

interface Answer {
  readonly name: string;
  readonly status: number | undefined;
  readonly region: string | undefined;
}

function answerOf(error: unknown): Answer {
  const { name, $metadata, $response } = error as {
    name: string;
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
  };
  return { name, status: $metadata?.httpStatusCode, region: $response?.headers?.["x-amz-bucket-region"] };
}

const settleAttempts = 10;
const settleMilliseconds = 2000;
const unsettled = new Set(["NoSuchBucket", "OperationAborted"]);

/** A new bucket is not seen everywhere at once, and S3 refuses two changes of one bucket at a time: both pass by waiting. */
async function onceSettled(call: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await call();
      return;
    } catch (error) {
      if (attempt === settleAttempts || !unsettled.has(answerOf(error).name)) throw error;
      await sleep(settleMilliseconds);
    }
  }
}
