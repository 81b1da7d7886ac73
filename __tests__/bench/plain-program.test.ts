import { expect, test } from "vitest";
import { plainProgram } from "#bench/peers/synth/plain-program.ts";

test("the peer's program imports the barrels and makes each resource with its attributes", () => {
  const program = plainProgram({
    platform: {
      resource: { aws_ivs_channel: { main: { "//": { metadata: {} }, name: "main", tags: { a: "b" } } } },
      data: { aws_caller_identity: { caller: {} }, archive_file: { code: { type: "zip" } } },
      output: { arn: { value: "x", description: "An ARN" } },
    },
  });
  expect(program).toContain('import * as aws from "@cdktf/provider-aws";');
  expect(program).toContain('new aws.ivsChannel.IvsChannel(this, "resource aws_ivs_channel main", {} as any);');
  expect(program).toContain('made.addOverride("tags", {"a":"b"});');
  expect(program).not.toContain("metadata");
  expect(program).toContain("new aws.dataAwsCallerIdentity.DataAwsCallerIdentity(");
  expect(program).toContain("new archive.dataArchiveFile.DataArchiveFile(");
  expect(program).toContain('new cdktf.TerraformOutput(this, "arn", {"value":"x","description":"An ARN"});');
});

test("a class that is not named as its module is found", () => {
  const program = plainProgram({ state: { resource: { aws_s3_bucket_versioning: { state: {} } } } });
  expect(program).toContain("new aws.s3BucketVersioning.S3BucketVersioningA(");
});
