import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA as S3BucketVersioning } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import { describe, expect, it } from "vitest";
import { environment, stacks } from "#__tests__/support/stacks.ts";

const { state } = stacks();

describe("the state bucket", () => {
  it("is versioned, encrypted by KMS, and private", () => {
    expect(state.resource(S3BucketVersioning).versioning_configuration).toEqual({ status: "Enabled" });
    expect(state.resource(S3BucketEncryption).rule).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: "alias/aws/s3" },
        bucket_key_enabled: true,
      },
    ]);
    expect(state.resource(S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("answers over TLS only", () => {
    expect(JSON.parse(state.resource(S3BucketPolicy).policy as string).Statement).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: ["${aws_s3_bucket.bucket.arn}", "${aws_s3_bucket.bucket.arn}/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("forgets old versions after a while, never the current one", () => {
    const [rule] = state.resource(S3BucketLifecycleConfiguration).rule as [object];
    expect(rule).toHaveProperty("noncurrent_version_expiration", [{ noncurrent_days: 90 }]);
    expect(rule).not.toHaveProperty("expiration");
  });
});

describe("the lock table", () => {
  it("has the key that the S3 backend asks for, costs nothing idle, and can be brought back", () => {
    expect(state.resource(DynamodbTable)).toMatchObject({
      hash_key: "LockID",
      attribute: [{ name: "LockID", type: "S" }],
      billing_mode: "PAY_PER_REQUEST",
      point_in_time_recovery: { enabled: true },
    });
  });
});

describe("the state stack", () => {
  it("takes over the bucket and the table that the bootstrap made", () => {
    expect(state.json.import).toEqual([
      { id: "onair-terraform-state-change-me", to: "aws_s3_bucket.bucket" },
      { id: "onair-terraform-locks", to: "aws_dynamodb_table.locks" },
    ]);
  });

  it.each(["dev", "prod"])("refuses to destroy them in %s, protected or not", (name) => {
    const { state } = stacks(environment(name));
    expect(state.resource(S3Bucket).lifecycle).toEqual({ prevent_destroy: true });
    expect(state.resource(DynamodbTable)).toMatchObject({
      lifecycle: { prevent_destroy: true },
      deletion_protection_enabled: true,
    });
  });
});
