import { Testing } from "cdktf";
import { describe, expect, it } from "vitest";
import { template } from "#__tests__/support/template.ts";
import { DoctorStack } from "#stacks/doctor/stack.ts";

const run = "onair-doctor-202601021204-0a1b";
const { json } = template(
  new DoctorStack(Testing.app(), "doctor", {
    ...{ run, region: "us-west-2", allowedAccountIds: ["111122223333"], awsProviderVersion: "~> 5.100" },
    ...{ blockedWord: "forbidden", reviewSeconds: 3, reviewMegabytes: 256 },
  }),
);
const only = (type: string) => Object.values(json.resource?.[type] ?? {});

describe("the stack of a run of the doctor", () => {
  it("keeps its state in its own folder, and carries the run's name in every tag and name", () => {
    expect(json.terraform?.backend).toEqual({ local: { path: "terraform.tfstate" } });
    expect(json.provider?.aws).toMatchObject([
      {
        allowed_account_ids: ["111122223333"],
        default_tags: [{ tags: { "onair:doctor": run, "onair:environment": run } }],
      },
    ]);
    const names = ["aws_iam_role", "aws_ivs_channel", "aws_ivschat_room", "aws_ivs_recording_configuration"]
      .flatMap(only)
      .map(({ name }) => name);
    expect(names.filter((name) => !String(name).startsWith(run))).toEqual([]);
  });

  it("has a private channel that is recorded, and a room with review", () => {
    expect(only("aws_ivs_channel")).toMatchObject([{ type: "BASIC", authorized: "${var.authorized}" }]);
    expect(json.variable).toMatchObject({
      authorized: { default: true },
      recorded: { default: true },
      room_rate: { default: 10 },
      thumbnail_seconds: { default: 30 },
    });
    expect(only("aws_ivschat_room")).toMatchObject([{ message_review_handler: { fallback_result: "ALLOW" } }]);
    expect(only("aws_s3_bucket")).toMatchObject([{ force_destroy: true }]);
  });

  it("has a role to ask with, which touches nothing without the run's tag and removes nothing", () => {
    const asked = only("aws_iam_role_policy").find(({ name }) => name === "asked");
    const { Statement } = JSON.parse(String(asked?.policy));
    const touching = Statement.filter(({ Sid }: { Sid: string }) => Sid.startsWith("Touch"));
    expect(touching.map(({ Action }: { Action: string[] }) => Action)).toEqual([
      ["ivs:InsertAdBreak", "ivs:PutMetadata", "ivs:UpdateChannel"],
      ["ivschat:CreateChatToken"],
    ]);
    for (const { Condition } of touching) {
      expect(Condition).toEqual({ StringEquals: { "aws:ResourceTag/onair:doctor": run } });
    }
    expect(JSON.stringify(Statement)).not.toMatch(/Delete|Untag|ivs:\*"|ivschat:\*"/);
  });

  it("says what functions of the platform are granted, each short enough for a session", () => {
    const grants = json.output?.grants?.value as Record<string, string>;
    const known = (policy: string) =>
      policy.replaceAll(/\$\{[^}]+\}/g, "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456");
    expect(Object.entries(grants).filter(([, policy]) => known(policy).length > 2048)).toEqual([]);
    const actions = Object.entries(grants).map(([name, policy]) => [
      name,
      JSON.parse(policy).Statement.flatMap(({ Action }: { Action: string[] }) => Action),
    ]);
    expect(Object.fromEntries(actions)).toEqual({
      makeChannels: ["ivs:CreateChannel", "ivs:TagResource", "ivs:TagResource"],
      makeChannelsUntagged: ["ivs:CreateChannel", "ivs:TagResource"],
      makeChannelsOfUser: ["ivs:CreateChannel", "ivs:TagResource"],
      changeChannels: ["ivs:UpdateChannel"],
      makeRooms: ["ivschat:CreateRoom", "ivschat:TagResource", "ivschat:TagResource"],
      putMetadata: ["ivs:PutMetadata"],
      createChatToken: ["ivschat:CreateChatToken"],
    });
  });
});
