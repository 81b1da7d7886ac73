import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA as S3BucketEncryption } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStackProps } from "#constructs/core/aws-stack.ts";
import { PrivateBucket, type PrivateBucketProps } from "#constructs/data/private-bucket.ts";

const synthesized = (props: PrivateBucketProps = {}, stackProps: Partial<AwsStackProps> = {}) => {
  const stack = testStack(stackProps);
  new PrivateBucket(stack, "recordings", props);
  return template(stack);
};

describe("PrivateBucket", () => {
  it("is closed to the public, encrypted, without access control lists, and answers over TLS only", () => {
    const { resource } = synthesized();
    expect(resource(S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource(S3BucketEncryption).rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
    expect(resource(S3BucketOwnershipControls).rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
    expect(JSON.parse(resource(S3BucketPolicy).policy as string).Statement).toMatchObject([
      { Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  it("has a name that S3 completes, within what S3 allows for a prefix", () => {
    expect(synthesized().resource(S3Bucket)).toHaveProperty("bucket_prefix", "onair-test-recordings-");
    const { bucket_prefix } = synthesized({}, { namePrefix: "a-very-long-prefix-of-a-team" }).resource(S3Bucket);
    expect(bucket_prefix).toMatch(/^a-very-long-prefix-of-a-tea-[0-9a-f]{8}-$/);
  });

  it("is destroyed with its objects only where the stack asks for it", () => {
    expect(synthesized().resource(S3Bucket)).toHaveProperty("force_destroy", false);
    expect(synthesized({}, { forceDestroyBuckets: true }).resource(S3Bucket)).toHaveProperty("force_destroy", true);
  });

  it("keeps objects unless told for how long", () => {
    const rules = (props: PrivateBucketProps) => synthesized(props).resource(S3BucketLifecycleConfiguration).rule;
    expect(rules({})).toMatchObject([{ id: "abort-unfinished-uploads" }]);
    expect(rules({ expireAfterDays: 90 })).toMatchObject([
      { id: "abort-unfinished-uploads" },
      { id: "expire", expiration: [{ days: 90 }] },
    ]);
  });

  it("deletes some objects sooner, by what their keys begin with", () => {
    expect(synthesized({ expireBelow: { "uploads/": 1 } }).resource(S3BucketLifecycleConfiguration).rule).toMatchObject(
      [
        { id: "abort-unfinished-uploads" },
        { id: "expire-uploads/", filter: [{ prefix: "uploads/" }], expiration: [{ days: 1 }] },
      ],
    );
  });

  it("lets pages read what it answers to their forms, where they are named", () => {
    expect(synthesized().resources(S3BucketCorsConfiguration)).toEqual([]);
    const { resource } = synthesized({ uploadOrigins: ["https://live.example.com"] });
    expect(resource(S3BucketCorsConfiguration).cors_rule).toEqual([
      { allowed_methods: ["POST"], allowed_origins: ["https://live.example.com"], max_age_seconds: 3600 },
    ]);
  });

  it("refuses two statements of one sid", () => {
    const bucket = new PrivateBucket(testStack(), "recordings");
    const statement = { sid: "TlsOnly", actions: ["s3:GetObject"], resources: [bucket.bucketArn] };
    expect(() => bucket.addToPolicy(statement)).toThrow(
      'stack/recordings, policy: must have statements of different sids; got "TlsOnly".  ERR_SID',
    );
  });
});
