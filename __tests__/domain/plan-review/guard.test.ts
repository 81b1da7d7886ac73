import { describe, expect, it } from "vitest";
import type { Facts } from "#domain/plan-review/guard/finding.ts";
import { rules } from "#domain/plan-review/guard/rules.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, guarded, recorded, stackPlan } from "./fixture/plans.ts";

const arn = "arn:aws:ivs:us-west-2:000000000000:channel/abcdefghijkl";
const channel = { arn, name: "hall", authorized: false, type: "STANDARD", recording_configuration_arn: "" };
const roomArn = "arn:aws:ivschat:us-west-2:000000000000:room/abcdefghijkl";
const room = {
  arn: roomArn,
  name: "lobby-500-10",
  maximum_message_length: 500,
  maximum_message_rate_per_second: 10,
  message_review_handler: [{ uri: "arn:aws:lambda:us-west-2:000000000000:function:review", fallback_result: "ALLOW" }],
};
const live: Partial<Facts> = { liveChannels: new Map([[arn, { since: "2026-11-21T20:00:00.000Z" }]]) };
const replaced = { actions: ["delete", "create"], more: { replace_paths: [["name"]] } };
const policy = (statement: object) => ({ policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }) });
const recordingArn = "arn:aws:ivs:us-west-2:000000000000:recording-configuration/abcdefghijkl";
const records = { ...channel, recording_configuration_arn: recordingArn };
const loggingArn = "arn:aws:ivschat:us-west-2:000000000000:logging-configuration/abcdefghijkl";
const bucket = { arn: "arn:aws:s3:::studio", bucket: "studio" };
const blocks = {
  ...{ bucket: "studio", block_public_acls: true, block_public_policy: true },
  ...{ ignore_public_acls: true, restrict_public_buckets: true },
};
const route = (key: string, kind: string) =>
  change("aws_apigatewayv2_route.one", null, { route_key: key, authorization_type: kind });
const encryption = "aws_s3_bucket_server_side_encryption_configuration";
const speaksOf = (address: string) => ({
  configuration: {
    root_module: { resources: [{ address: `${encryption}.one`, expressions: { bucket: { references: [address] } } }] },
  },
});
const keyPair = (name: string) => change(`aws_ivs_playback_key_pair.${name}`, null, { name });
const configured = (expressions: object) => ({
  configuration: { root_module: { resources: [{ address: "aws_ivs_channel.hall", expressions }] } },
});

type Plan = Parameters<typeof stackPlan>;
/** A plan that the rule refuses, and one beside it that it lets pass. */
type Case = [rule: string, refused: Plan, passes: Plan, facts?: Partial<Facts>];

const lostAndChanged = (rule: string, type: string, values: object): Case[] => [
  [
    rule,
    [[change(`${type}.one`, { ...values }, null)]],
    [[change(`${type}.one`, { ...values }, { ...values, tags: {} })]],
  ],
  [
    rule,
    [[change(`${type}.one`, { ...values, name: "a" }, { ...values, name: "b" }, replaced)]],
    [[change(`${type}.one`, null, { ...values })]],
  ],
];

const cases: readonly Case[] = [
  [
    "live-channel",
    [[change("aws_ivs_channel.hall", channel, { ...channel, type: "BASIC" })]],
    [[change("aws_ivs_channel.hall", channel, { ...channel, tags: { cost: "a" }, tags_all: { cost: "a" } })]],
    live,
  ],
  [
    "live-channel",
    [[change("aws_ivs_channel.hall", channel, null)]],
    [[change("aws_ivs_channel.hall", { ...channel, arn: `${arn}2` }, null)]],
    live,
  ],
  ...lostAndChanged("key-pair-lost", "aws_ivs_playback_key_pair", { arn: "arn:key", name: "first" }),
  ...lostAndChanged("kms-key-lost", "aws_kms_key", { arn: "arn:kms" }),
  ...lostAndChanged("table-lost", "aws_dynamodb_table", { arn: "arn:table" }),
  ...lostAndChanged("user-pool-lost", "aws_cognito_user_pool", { arn: "arn:pool" }),
  ...lostAndChanged("bucket-lost", "aws_s3_bucket", bucket),
  [
    "user-pool-schema",
    [[change("aws_cognito_user_pool.one", { schema: [] }, { schema: [{ name: "nickname" }] })]],
    [[change("aws_cognito_user_pool.one", { schema: [] }, { schema: [], mfa_configuration: "ON" })]],
  ],
  [
    "recording-in-use",
    [
      [
        change("aws_ivs_recording_configuration.one", { arn: recordingArn }, null),
        change("aws_ivs_channel.hall", records, records, { actions: ["no-op"] }),
      ],
    ],
    [
      [
        change("aws_ivs_recording_configuration.one", { arn: recordingArn }, null),
        change("aws_ivs_channel.hall", records, channel),
      ],
    ],
  ],
  [
    "logging-in-use",
    [
      [
        change("aws_ivschat_logging_configuration.one", { arn: loggingArn }, null),
        change(
          "aws_ivschat_room.lobby",
          { ...room, logging_configuration_identifiers: [loggingArn] },
          { ...room, logging_configuration_identifiers: [loggingArn] },
          { actions: ["no-op"] },
        ),
      ],
    ],
    [[change("aws_ivschat_logging_configuration.one", { arn: loggingArn }, null)]],
  ],
  [
    "authorized-off",
    [[change("aws_ivs_channel.hall", { ...channel, authorized: true }, channel)]],
    [[change("aws_ivs_channel.hall", channel, { ...channel, authorized: true })]],
  ],
  [
    "recording-off",
    [[change("aws_ivs_channel.hall", records, records, { actions: ["no-op"] })], configured({ name: {} })],
    [
      [change("aws_ivs_channel.hall", records, records, { actions: ["no-op"] })],
      configured({ recording_configuration_arn: { references: ["aws_ivs_recording_configuration.one.arn"] } }),
    ],
  ],
  [
    "recording-off",
    [
      [change("aws_ivs_channel.hall", records, records, { actions: ["no-op"] })],
      configured({ recording_configuration_arn: { constant_value: "" } }),
    ],
    [[change("aws_ivs_channel.hall", channel, channel, { actions: ["no-op"] })], configured({ name: {} })],
  ],
  [
    "room-limits-alone",
    [[change("aws_ivschat_room.lobby", room, { ...room, maximum_message_length: 200 })]],
    [[change("aws_ivschat_room.lobby", room, { ...room, maximum_message_length: 200, name: "lobby-200-10" })]],
  ],
  [
    "review-handler-dropped",
    [[change("aws_ivschat_room.lobby", room, { ...room, message_review_handler: [] })]],
    [[change("aws_ivschat_room.lobby", room, { ...room, message_review_handler: [{ uri: "" }] })]],
  ],
  [
    "recording-changed-in-place",
    [[change("aws_ivs_recording_configuration.one", { name: "a", state: "ACTIVE" }, { name: "a", state: "" })]],
    [[change("aws_ivs_recording_configuration.one", null, { name: "a" })]],
  ],
  [
    "private-channel-public",
    [[change("aws_ivs_channel.hall", null, channel)]],
    [[change("aws_ivs_channel.hall", null, { ...channel, authorized: true })]],
    { privateChannels: new Set(["hall"]) },
  ],
  [
    "check-failed",
    [[], { checks: [{ address: { to_display: "aws_s3_bucket.one" }, status: "fail", instances: [] }] }],
    [[], { checks: [{ address: { to_display: "aws_s3_bucket.one" }, status: "unknown", instances: [] }] }],
  ],
  ["plan-broken-off", [[], { errored: true }], [[], { errored: false }]],
  ...(
    [
      [
        { Action: "*", Resource: "arn:one" },
        { Action: "s3:GetObject", Resource: "arn:one/*" },
      ],
      [
        { Action: ["s3:*"], Resource: "arn:one" },
        { Action: "cloudwatch:GetMetricData", Resource: "*" },
      ],
      [
        { Action: "s3:GetObject", Resource: ["*"] },
        { Effect: "Deny", Action: "*", Resource: "*" },
      ],
      [
        { NotAction: "iam:*", Resource: "arn:one" },
        { Action: "s3:GetObject", Resource: "arn:one" },
      ],
    ] as const
  ).map(
    ([wild, named]): Case => [
      "iam-wildcard",
      [[change("aws_iam_role_policy.one", null, policy(wild))]],
      [[change("aws_iam_role_policy.one", null, policy(named))]],
    ],
  ),
  [
    "public-policy",
    [[change("aws_s3_bucket_policy.one", null, policy({ Principal: { AWS: "*" }, Action: "s3:GetObject" }))]],
    [
      [
        change(
          "aws_s3_bucket_policy.one",
          null,
          policy({ Principal: "*", Action: "s3:GetObject", Condition: { StringEquals: { "aws:SourceAccount": "1" } } }),
        ),
      ],
    ],
  ],
  [
    "public-acl",
    [[change("aws_s3_bucket_acl.one", null, { acl: "public-read" })]],
    [[change("aws_s3_bucket_acl.one", null, { acl: "private" })]],
  ],
  [
    "public-access-block-off",
    [[change("aws_s3_bucket_public_access_block.one", blocks, { ...blocks, block_public_policy: false })]],
    [[change("aws_s3_bucket_public_access_block.one", null, blocks)]],
  ],
  [
    "public-access-block-off",
    [[change("aws_s3_bucket_public_access_block.one", blocks, null)]],
    [[change("aws_s3_bucket_public_access_block.one", blocks, null), change("aws_s3_bucket.one", bucket, null)]],
  ],
  [
    "open-security-group",
    [
      [
        change("aws_security_group.one", null, {
          ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 22, to_port: 22 }],
        }),
      ],
    ],
    [
      [
        change("aws_security_group.one", null, {
          ingress: [{ cidr_blocks: ["10.0.0.0/8"], from_port: 22, to_port: 22 }],
          egress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 0, to_port: 0 }],
        }),
      ],
    ],
  ],
  ["open-route", [[route("GET /stream/me", "NONE")]], [[route("GET /stream/me", "JWT")]]],
  ["open-route", [[route("GET /public/secret", "NONE")]], [[route("GET /public/live", "NONE")]]],
  [
    "encryption-off",
    [[change("aws_s3_bucket_server_side_encryption_configuration.one", { bucket: "studio" }, null)]],
    [
      [
        change("aws_s3_bucket_server_side_encryption_configuration.one", { bucket: "studio" }, null),
        change("aws_s3_bucket.one", bucket, null),
      ],
    ],
  ],
  [
    "encryption-off",
    [[change("aws_sqs_queue.one", null, { name: "one", sqs_managed_sse_enabled: false })]],
    [[change("aws_sqs_queue.one", null, { name: "one", sqs_managed_sse_enabled: false, kms_master_key_id: "k" })]],
  ],
  [
    "restore-off",
    [
      [
        change(
          "aws_dynamodb_table.one",
          { point_in_time_recovery: [{ enabled: true }] },
          { point_in_time_recovery: [{ enabled: false }] },
        ),
      ],
    ],
    [[change("aws_dynamodb_table.one", null, { name: "one" })]],
  ],
  [
    "log-retention-missing",
    [[change("aws_cloudwatch_log_group.one", null, { name: "/aws/one", retention_in_days: 0 })]],
    [[change("aws_cloudwatch_log_group.one", null, { name: "/aws/one", retention_in_days: 14 })]],
  ],
  [
    "bucket-encryption-missing",
    [[change("aws_s3_bucket.one", null, bucket)]],
    [[change("aws_s3_bucket.one", null, bucket), change(`${encryption}.one`, null, { bucket: "studio" })]],
  ],
  [
    "bucket-encryption-missing",
    [
      [change("aws_s3_bucket.one", null, {}), change(`${encryption}.one`, null, {})],
      speaksOf("aws_s3_bucket.two.bucket"),
    ],
    [[change("aws_s3_bucket.one", null, {}), change(`${encryption}.one`, null, {})], speaksOf("aws_s3_bucket.one")],
  ],
  [
    "bucket-block-missing",
    [[change("aws_s3_bucket.one", null, bucket)]],
    [[change("aws_s3_bucket.one", null, bucket), change("aws_s3_bucket_public_access_block.one", null, blocks)]],
  ],
  [
    "bucket-block-missing",
    [[change("aws_s3_bucket.one", { ...bucket, name: "a" }, bucket, replaced)]],
    [[change("aws_s3_bucket.one", bucket, { ...bucket, tags: {} })]],
  ],
  [
    "recording-in-use",
    [[change("aws_ivs_recording_configuration.one", { arn: recordingArn }, null)]],
    [
      [
        change("aws_ivs_recording_configuration.one", { arn: recordingArn }, null),
        change("aws_ivs_channel.hall", records, channel),
      ],
    ],
    { users: new Map([[recordingArn, [{ arn, name: "hall" }]]]) },
  ],
  [
    "logging-in-use",
    [[change("aws_ivschat_logging_configuration.one", { arn: loggingArn }, null)]],
    [[change("aws_ivschat_logging_configuration.one", { arn: `${loggingArn}2` }, null)]],
    { users: new Map([[loggingArn, [{ arn: roomArn, name: "" }]]]) },
  ],
  [
    "quota-exceeded",
    [[keyPair("one"), keyPair("two")]],
    [[keyPair("one")]],
    { quotas: new Map([["aws_ivs_playback_key_pair", 3]]), present: new Map([["aws_ivs_playback_key_pair", 2]]) },
  ],
  [
    "quota-exceeded",
    [[keyPair("one"), keyPair("two"), change("aws_ivs_playback_key_pair.old", { name: "old" }, null)]],
    [[keyPair("one"), change("aws_ivs_playback_key_pair.old", { name: "old" }, null)]],
    { quotas: new Map([["aws_ivs_playback_key_pair", 2]]) },
  ],
];

const rulesOf = (plan: Plan, facts?: Partial<Facts>) =>
  guarded([stackPlan(...plan)], facts).findings.map(({ rule }) => rule);

describe("the guard", () => {
  it.each(cases)("refuses by %s, and lets pass what is beside it", (rule, refused, passes, facts) => {
    expect(rulesOf(refused, facts)).toContain(rule);
    expect(rulesOf(passes, facts)).not.toContain(rule);
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
