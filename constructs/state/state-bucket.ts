import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { Construct } from "constructs";
import { policyDocument } from "../core/policy.ts";
import { blockPublicAccess, tlsOnly } from "../data/closed-bucket.ts";

/** How long an older version of a state file can be brought back. */
const NONCURRENT_VERSION_DAYS = 90;

/**
 * The bucket that holds Terraform's state. It exists before Terraform first runs, since the state of this very stack lies
 * in it: an import block takes it over.
 */
export class StateBucket extends Construct {
  /** The underlying `aws_s3_bucket`. */
  readonly resource: S3Bucket;

  constructor(scope: Construct, id: string, bucketName: string, kmsKeyId?: string) {
    super(scope, id);
    this.resource = new S3Bucket(this, "Resource", { bucket: bucketName, lifecycle: { preventDestroy: true } });
    this.resource.importFrom(bucketName);
    const bucket = this.resource.bucket;
    new S3BucketVersioning(this, "Versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketEncryption(this, "Encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyId },
          bucketKeyEnabled: true,
        },
      ],
    });
    const blocked = blockPublicAccess(this, bucket);
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "forget-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: NONCURRENT_VERSION_DAYS }],
        },
      ],
    });
    new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument([tlsOnly(this.resource.arn)]),
      dependsOn: [blocked],
    });
  }
}
