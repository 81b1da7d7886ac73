import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import type { Statement } from "#constructs/core/policy.ts";
import { Pictures } from "#stacks/accounts/pictures.ts";

const made = (allowedOrigins: readonly string[] = []) => {
  const stack = testStack();
  return { stack, pictures: new Pictures(stack, "pictures", { allowedOrigins }) };
};

it("forgets uploads after a day, and keeps pictures", () => {
  expect(template(made().stack).resource(S3BucketLifecycleConfiguration).rule).toMatchObject([
    { id: "abort-unfinished-uploads" },
    { filter: [{ prefix: "uploads/" }], expiration: [{ days: 1 }] },
  ]);
});

it("tells the pages of the settings what became of their forms", () => {
  const { stack } = made(["https://live.example.com"]);
  expect(template(stack).resource(S3BucketCorsConfiguration).cors_rule).toMatchObject([
    { allowed_methods: ["POST"], allowed_origins: ["https://live.example.com"] },
  ]);
});

it("lets who shows pictures read nothing else, and who takes uploads not read pictures", () => {
  const { pictures } = made();
  const granted = (grant: (grantee: { grant(statement: Statement): void }) => void) => {
    const statements: Statement[] = [];
    grant({ grant: (statement) => statements.push(statement) });
    return statements.map(({ actions, resources }) => [actions, resources]);
  };
  const below = (folder: string) => [expect.stringMatching(new RegExp(`/${folder}/\\*$`))];
  expect(granted((grantee) => pictures.grantShow(grantee))).toEqual([[["s3:GetObject"], below("avatars")]]);
  expect(granted((grantee) => pictures.grantTake(grantee))).toEqual([
    [["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], below("uploads")],
    [["s3:PutObject", "s3:DeleteObject"], below("avatars")],
  ]);
});
