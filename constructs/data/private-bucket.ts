import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import { policyDocument, type Statement } from "../core/policy.ts";
import { blockPublicAccess, tlsOnly } from "./closed-bucket.ts";

/** An S3 bucket, made here or elsewhere. */
export interface IBucket {
  readonly bucketName: string;
  /** The region that it is in. */
  readonly region: string;
}

export interface PrivateBucketProps {
  /** Objects are deleted after so many days. @default kept until somebody deletes them */
  readonly expireAfterDays?: number;
}

/** S3 adds 26 characters to a prefix, and a bucket's name has at most 63. */
const MAXIMUM_PREFIX = 37;

/**
 * A bucket that nobody reads but through IAM: no public access, TLS only, encrypted, no access control lists. Its name is a
 * prefix that S3 completes, since names are shared by all accounts.
 */
export class PrivateBucket extends Construct implements IBucket {
  /** The underlying `aws_s3_bucket`. */
  readonly resource: S3Bucket;
  /** The one policy of the bucket: whoever relies on a statement of it must be created after it. */
  readonly policy: S3BucketPolicy;
  readonly region: string;
  readonly #statements: Statement[] = [];

  constructor(scope: Construct, id: string, { expireAfterDays }: PrivateBucketProps = {}) {
    super(scope, id);
    const stack = AwsStack.of(this);
    this.region = stack.region;
    this.resource = new S3Bucket(this, "Resource", {
      bucketPrefix: `${physicalName(this, { maximumLength: MAXIMUM_PREFIX - 1 }).toLowerCase()}-`,
      forceDestroy: stack.forceDestroyBuckets,
    });
    const bucket = this.resource.bucket;
    const blocked = blockPublicAccess(this, bucket);
    new S3BucketOwnershipControls(this, "Ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketEncryption(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", { bucket, rule: lifecycleRules(expireAfterDays) });
    this.addToPolicy(tlsOnly(this.bucketArn));
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.#statements) }),
      dependsOn: [blocked],
    });
  }

  get bucketName(): string {
    return this.resource.bucket;
  }

  get bucketArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { name: this.bucketName, arn: this.bucketArn };
  }

  /** Whether the bucket's policy has a statement of this sid. */
  hasStatement(sid: string): boolean {
    return this.#statements.some((statement) => statement.sid === sid);
  }

  /** Adds a statement to the bucket's policy; a second statement of the same sid is refused. */
  addToPolicy(statement: Statement): void {
    if (this.hasStatement(statement.sid)) {
      throw new ConfigError("ERR_SID", this, "policy", "must have statements of different sids", statement.sid);
    }
    this.#statements.push(statement);
  }
}

function lifecycleRules(expireAfterDays: number | undefined) {
  const unfinished = {
    id: "abort-unfinished-uploads",
    status: "Enabled",
    filter: [{ prefix: "" }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };
  if (expireAfterDays === undefined) return [unfinished];
  const expired = {
    id: "expire",
    status: "Enabled",
    filter: [{ prefix: "" }],
    expiration: [{ days: expireAfterDays }],
  };
  return [unfinished, expired];
}
