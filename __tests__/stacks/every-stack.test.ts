import { describe, expect, it } from "vitest";
import { TEAM_STACKS, teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";

// Nobody named: the ARN of a person has an account in it.
const all = teamStacks(teamEnvironment("dev", { delivery: { repository: "example/onair" } }));
const backendOf = (stack: (typeof TEAM_STACKS)[number], name = "dev") =>
  teamStacks(teamEnvironment(name))[stack].json.terraform?.backend?.s3;

describe.each(TEAM_STACKS)("stack %s", (stack) => {
  const { json } = all[stack];
  const text = JSON.stringify(json);

  it("keeps its state remotely, encrypted, under both locks, in a place of its own", () => {
    expect(json.terraform?.backend?.s3).toEqual({
      bucket: "onair-terraform-state-change-me",
      key: `onair/dev/${stack}.tfstate`,
      region: "us-west-2",
      encrypt: true,
      kms_key_id: "alias/aws/s3",
      dynamodb_table: "onair-terraform-locks",
      use_lockfile: true,
    });
    expect(backendOf(stack, "prod")).toMatchObject({
      bucket: "onair-prod-terraform-state-change-me",
      key: `onair/prod/${stack}.tfstate`,
    });
  });

  it("pins the least Terraform and the range of providers", () => {
    expect(json.terraform).toMatchObject({
      required_version: ">= 1.11",
      required_providers: { aws: { source: "aws", version: "~> 5.100" } },
    });
  });

  it("takes a wider range of providers by one setting", () => {
    const wide = teamStacks(teamEnvironment("dev", { awsProviderVersion: ">= 5.100.0, < 7.0.0" }))[stack];
    expect(wide.json.terraform?.required_providers?.aws).toHaveProperty("version", ">= 5.100.0, < 7.0.0");
  });

  it("acts on the accounts that the settings allow", () => {
    const { json } = teamStacks(teamEnvironment("dev", { allowedAccountIds: ["111122223333"] }))[stack];
    expect(json.provider?.aws).toMatchObject([{ allowed_account_ids: ["111122223333"] }]);
  });

  it("tags everything by the settings and the environment", () => {
    expect(json.provider?.aws).toMatchObject([
      { default_tags: [{ tags: { project: "onair", "onair:environment": "dev" } }] },
    ]);
  });

  it("holds no account id, no absolute path and no stream key", () => {
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(?!aws\/)[a-z]/);
    expect(text).not.toContain("aws_ivs_stream_key");
  });

  it("reads no other stack's state: values are exchanged by SSM parameters", () => {
    expect(text).not.toContain("terraform_remote_state");
  });

  it("says what each of its outputs is", () => {
    for (const output of Object.values(json.output ?? {})) expect(output.description).toMatch(/\w/);
    for (const name of Object.keys(json.output ?? {})) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it("refuses, where protected, to destroy anything that holds data", () => {
    const { json } = teamStacks(teamEnvironment("prod"))[stack];
    const holders = ["aws_s3_bucket", "aws_dynamodb_table", "aws_kms_key", "aws_ivs_channel", "aws_ivschat_room"];
    for (const type of [...holders, "aws_ivs_playback_key_pair", "aws_ivs_recording_configuration"]) {
      for (const block of Object.values(json.resource?.[type] ?? {})) {
        expect(block.lifecycle, type).toHaveProperty("prevent_destroy", true);
      }
    }
  });
});
