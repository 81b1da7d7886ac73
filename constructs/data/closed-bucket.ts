import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import type { Construct } from "constructs";
import type { Statement } from "../core/policy.ts";

/** Shuts every public way into a bucket. Its policy must be made after this, or S3 may refuse it. */
export function blockPublicAccess(scope: Construct, bucket: string): S3BucketPublicAccessBlock {
  return new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}

/** Refuses whoever asks a bucket without TLS. */
export function tlsOnly(bucketArn: string): Statement {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    principal: "everyone",
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
