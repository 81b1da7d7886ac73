import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js";
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
  /** Objects whose keys begin so are deleted after so many days. @default none but by expireAfterDays */
  readonly expireBelow?: Readonly<Record<string, number>>;
  /** Pages that may read what S3 answers to a form they post; to post it, they need a signed form only. @default none */
  readonly uploadOrigins?: readonly string[];
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

  constructor(scope: Construct, id: string, props: PrivateBucketProps = {}) {
    super(scope, id);
    const { uploadOrigins = [] } = props;
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
    new S3BucketLifecycleConfiguration(this, "Lifecycle", { bucket, rule: lifecycleRules(props) });
    if (uploadOrigins.length > 0) {
      const corsRule = [{ allowedMethods: ["POST"], allowedOrigins: [...uploadOrigins], maxAgeSeconds: 3600 }];
      new S3BucketCorsConfiguration(this, "Cors", { bucket, corsRule });
    }
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

function lifecycleRules({ expireAfterDays, expireBelow = {} }: PrivateBucketProps) {
  const unfinished = {
    id: "abort-unfinished-uploads",
    status: "Enabled",
    filter: [{ prefix: "" }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };
  const expired = (id: string, prefix: string, days: number) => ({
    id,
    status: "Enabled",
    filter: [{ prefix }],
    expiration: [{ days }],
  });
  return [
    unfinished,
    ...(expireAfterDays === undefined ? [] : [expired("expire", "", expireAfterDays)]),
    ...Object.entries(expireBelow).map(([prefix, days]) => expired(`expire-${prefix}`, prefix, days)),
  ];
}
