import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { physicalName } from "#constructs/core/name.ts";
import { Channel } from "#constructs/ivs/channel.ts";

const withTable = (protect: boolean) => {
  const stack = testStack({ protect });
  new DynamodbTable(stack, "table", { name: "table", hashKey: "id", attribute: [{ name: "id", type: "S" }] });
  new S3Bucket(stack, "bucket", { lifecycle: { ignoreChanges: ["tags"] } });
  return template(stack);
};

describe("AwsStack", () => {
  it("keeps its state in the working folder unless told where", () => {
    expect(template(testStack()).json.terraform?.backend).toHaveProperty("local");
  });

  it("protects what holds data where asked to, and keeps the rest of its lifecycle", () => {
    const { resource } = withTable(true);
    expect(resource(DynamodbTable)).toMatchObject({
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(resource(S3Bucket).lifecycle).toEqual({ ignore_changes: ["tags"], prevent_destroy: true });
  });

  it("keeps a channel's checks where it is protected", () => {
    const stack = testStack({ protect: true });
    new Channel(stack, "stage");
    const [channel] = Object.values(template(stack).json.resource?.aws_ivs_channel ?? {});
    expect(channel?.lifecycle).toMatchObject({ prevent_destroy: true, postcondition: [{}], precondition: [{}] });
  });

  it("protects nothing unless asked to", () => {
    const { resource } = withTable(false);
    expect(resource(DynamodbTable)).not.toHaveProperty("lifecycle");
    expect(resource(DynamodbTable)).not.toHaveProperty("deletion_protection_enabled");
  });

  it("does not protect what can be made again", () => {
    const stack = testStack({ protect: true });
    new LambdaFunction(stack, "fn", { functionName: "fn", role: "role" });
    expect(template(stack).resource(LambdaFunction)).not.toHaveProperty("lifecycle");
  });

  it("is where every construct of the library must stand", () => {
    const other = new TerraformStack(Testing.app(), "other");
    expect(() => AwsStack.of(other)).toThrow("other: must stand in an AwsStack");
  });
});

describe("a name on AWS", () => {
  const named = (id: string, maximumLength?: number) =>
    physicalName(new Construct(testStack(), id), maximumLength ? { maximumLength } : {});

  it("is the stack's prefix and the construct's path", () => {
    expect(named("lobby")).toBe("onair-test-lobby");
  });

  it("is cut where the service takes fewer characters, and still differs from others that begin alike", () => {
    expect(named("a-rather-long-name", 24)).toMatch(/^onair-test-a-ra-[0-9a-f]{8}$/);
    expect(named("a-rather-long-name", 24)).not.toBe(named("a-rather-long-other", 24));
  });
});
