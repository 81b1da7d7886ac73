import { describe, expect, it } from "vitest";
import { teamStacks } from "#__tests__/support/stacks.ts";
import type { Facts } from "#domain/plan-review/guard/finding.ts";
import { rules } from "#domain/plan-review/guard/rules.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, guarded, recorded, stackPlan } from "./fixture/plans.ts";
import { arn, cases, channel, keyPair, live, type Plan, recordingArn, room, roomArn } from "./fixture/rule-cases.ts";

const rulesOf = (plan: Plan, facts?: Partial<Facts>) =>
  guarded([stackPlan(...plan)], facts).findings.map(({ rule }) => rule);

describe("the guard", () => {
  it.each(cases)("refuses by %s, and lets pass what is beside it", (rule, refused, passes, facts) => {
    expect(rulesOf(refused, facts)).toContain(rule);
    expect(rulesOf(passes, facts)).not.toContain(rule);
  });

  const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:one" };
  const isPublic = (type: string, more: object = {}) =>
    rulesOf([[change(`${type}.one`, null, { policy: JSON.stringify({ Statement: [{ ...everybody, ...more }] }) })]]);

  it.each([
    "aws_s3_bucket_policy",
    "aws_sqs_queue_policy",
    "aws_sns_topic_policy",
    "aws_kms_key_policy",
    "aws_secretsmanager_secret_policy",
  ])("refuses an %s that lets everybody in", (type) => {
    expect(isPublic(type)).toEqual(["public-policy"]);
  });

  it.each([
    { Bool: { "aws:SecureTransport": "true" } },
    { StringNotEquals: { "aws:SourceAccount": "1" } },
    { StringEqualsIfExists: { "aws:SourceAccount": "1" } },
    { "ForAllValues:StringEquals": { "aws:PrincipalArn": "arn:one" } },
    { StringLike: { "aws:PrincipalArn": ["arn:one", "*"] } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
  ])("refuses everybody under a condition that binds nobody: %j", (Condition) => {
    expect(isPublic("aws_s3_bucket_policy", { Condition })).toEqual(["public-policy"]);
  });

  it.each([
    { StringEquals: { "aws:PrincipalOrgID": "o-one" } },
    { ArnLike: { "AWS:SourceArn": "arn:aws:sns:*:000000000000:one" } },
    { StringEquals: { "kms:CallerAccount": "000000000000" }, Bool: { "aws:SecureTransport": "true" } },
    { IpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } },
  ])("lets pass everybody under a condition that binds the caller: %j", (Condition) => {
    expect(isPublic("aws_kms_key_policy", { Condition })).toEqual([]);
  });

  it("refuses all but some, who are everybody else", () => {
    const { Principal: _, ...some } = everybody;
    const policy = JSON.stringify({ Statement: [{ ...some, NotPrincipal: { AWS: "arn:one" } }] });
    expect(rulesOf([[change("aws_s3_bucket_policy.one", null, { policy })]])).toEqual(["public-policy"]);
  });

  it("refuses to let everybody call a function, unless it says whose calls those are", () => {
    const permits = (more: object) =>
      rulesOf([[change("aws_lambda_permission.one", null, { principal: "*", ...more })]]);
    expect(permits({})).toEqual(["public-policy"]);
    expect(permits({ source_account: "000000000000" })).toEqual([]);
    expect(permits({ principal: "apigateway.amazonaws.com" })).toEqual([]);
  });

  it("lets the policies of our own stacks pass", () => {
    const ours = Object.values(teamStacks()).flatMap((stack) =>
      Object.entries(stack.json.resource ?? {}).flatMap(([type, blocks]) =>
        Object.entries(blocks).map(([name, block]) =>
          change(`${type}.${name}`, null, block as Readonly<Record<string, unknown>>),
        ),
      ),
    );
    expect(rulesOf([ours]).filter((rule) => rule === "public-policy" || rule === "iam-wildcard")).toEqual([]);
  });

  it("has a case for each rule, and one id each", () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual([...ids].sort());
  });

  it("names who uses a configuration on the target and is in no plan", () => {
    const plan = stackPlan([change("aws_ivs_recording_configuration.one", { arn: recordingArn }, null)]);
    const users = new Map([[recordingArn, [{ arn, name: "user-1" }]]]);
    expect(guarded([plan], { users }).findings[0]?.details).toEqual([`user-1, ${arn}, in no plan`]);
  });

  it("counts those of the target, and says the quota", () => {
    const quotas = new Map([["aws_ivs_playback_key_pair", 3]]);
    const gone = change("aws_ivs_playback_key_pair.old", { name: "old" }, null);
    const present = new Map([["aws_ivs_playback_key_pair", 3]]);
    const { findings } = guarded([stackPlan([keyPair("new"), gone])], { quotas, present });
    expect(findings.find(({ rule }) => rule === "quota-exceeded")?.details).toEqual([
      "aws_ivs_playback_key_pair: 3 there, 1 to be made, and 1 to go, maybe later; quota 3",
    ]);
  });

  it("lists policies that it could not read, and no queue that asks for none", () => {
    const unknown = { more: { after_unknown: { policy: true } } };
    const plan = stackPlan(
      [
        change("aws_iam_role_policy.two", null, { name: "two" }, unknown),
        change("aws_iam_role_policy.one", null, { name: "one" }, unknown),
        change("aws_sqs_queue.three", null, { name: "three" }, unknown),
        change("aws_iam_policy.four", null, { policy: "{}" }),
      ],
      {
        configuration: { root_module: { resources: [{ address: "aws_sqs_queue.three", expressions: { name: {} } }] } },
      },
    );
    expect(guarded([plan]).unjudged).toEqual([
      { stack: "platform", address: "aws_iam_role_policy.one", attribute: "policy" },
      { stack: "platform", address: "aws_iam_role_policy.two", attribute: "policy" },
    ]);
  });

  it("names the live channel and the error that the service would give", () => {
    const plan = stackPlan([change("aws_ivs_channel.hall", channel, { ...channel, type: "BASIC" })]);
    expect(guarded([plan], live).findings[0]?.details).toEqual([
      "hall",
      "live since 2026-11-21T20:00:00.000Z",
      `ConflictException: Unable to perform: ivs:UpdateChannel while resource: ${arn} is live`,
    ]);
  });

  it.each([
    [
      "authorized-off",
      change("aws_ivs_channel.hall", { ...channel, authorized: true }, channel),
      `aws ivs update-channel --arn ${arn} --no-authorized`,
    ],
    [
      "room-limits-alone",
      change("aws_ivschat_room.lobby", room, { ...room, maximum_message_length: 200 }),
      `aws ivschat update-room --identifier ${roomArn} --maximum-message-length 200`,
    ],
    [
      "review-handler-dropped",
      change("aws_ivschat_room.lobby", room, { ...room, message_review_handler: [] }),
      `aws ivschat update-room --identifier ${roomArn} --message-review-handler uri=`,
    ],
  ])("says the command for %s", (rule, one, command) => {
    const found = guarded([stackPlan([one])]).findings.find((finding) => finding.rule === rule);
    expect(found?.command).toBe(command);
  });

  it("refuses of a real plan what the provider cannot carry out, and what would go", () => {
    const plan = { stack: "studio", plan: readPlan(recorded("change")) };
    expect(guarded([plan]).findings.map(({ rule, address }) => `${rule} ${address}`)).toEqual([
      "key-pair-lost aws_ivs_playback_key_pair.key_FEDD6EC0",
      "recording-changed-in-place aws_ivs_recording_configuration.recording_405A8724",
    ]);
  });

  it("refuses a real plan that broke off, by what the failed condition says", () => {
    const { findings } = guarded([{ stack: "studio", plan: readPlan(recorded("errored")) }]);
    const failed = findings.find(({ rule }) => rule === "check-failed");
    expect(failed?.details[0]).toContain("is private, and Terraform cannot make it public.");
  });

  it.each(["first", "nothing"])("lets the real plan %s pass", (name) => {
    expect(guarded([{ stack: "studio", plan: readPlan(recorded(name)) }]).findings).toEqual([]);
  });
});

describe("an allowance", () => {
  const plan = stackPlan([change("aws_dynamodb_table.one", { arn: "arn:table", name: "one" }, null)]);
  const [found] = guarded([plan]).findings;
  const allowance = {
    ...{ rule: "table-lost", address: "aws_dynamodb_table.one", reason: "Its rows were moved." },
    hash: found?.hash.slice(0, 12) ?? "",
  };

  it("lets one change pass, with its reason", () => {
    const { findings, unused } = guarded([plan], {}, [allowance]);
    expect(findings.map(({ allowed }) => allowed)).toEqual(["Its rows were moved."]);
    expect(unused).toEqual([]);
  });

  it.each([
    ["another table", [change("aws_dynamodb_table.one", { arn: "arn:other", name: "one" }, null)]],
    ["another address", [change("aws_dynamodb_table.two", { arn: "arn:table", name: "one" }, null)]],
  ])("does not hold for %s, and is told to be of no use", (_, changes) => {
    const { findings, unused } = guarded([stackPlan(changes)], {}, [allowance]);
    expect(findings.map(({ allowed }) => allowed)).toEqual([undefined]);
    expect(unused).toEqual([allowance]);
  });
});
