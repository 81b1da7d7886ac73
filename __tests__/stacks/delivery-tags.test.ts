import { describe, expect, it } from "vitest";
import { list, type PolicyStatement } from "#__tests__/support/policies.ts";
import { actions, denied, granted, THIS } from "./fixture/delivery-policies.ts";

describe("who applies", () => {
  /** What asks for the right to tag, where it is given tags: the call, the right, and what it is asked for. */
  const TAGGED: [string, string, string][] = [
    ["apigateway:POST", "apigateway:TagResource", "apigateway:us-west-2::/apis/a1"],
    ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:us-west-2:0:alarm:onair-dev-late"],
    ["cognito-idp:CreateUserPool", "cognito-idp:TagResource", "cognito-idp:us-west-2:0:userpool/*"],
    ["dynamodb:CreateTable", "dynamodb:TagResource", "dynamodb:us-west-2:0:table/onair-dev-table"],
    ["events:PutRule", "events:TagResource", "events:us-west-2:0:rule/onair-dev-sweep"],
    ["iam:CreateRole", "iam:TagRole", "iam::0:role/onair-dev-work"],
    ["ivs:CreateChannel", "ivs:TagResource", "ivs:us-west-2:0:channel/abcdefgh1234"],
    ["ivs:CreateRecordingConfiguration", "ivs:TagResource", "ivs:us-west-2:0:recording-configuration/abcdefgh1234"],
    ["ivs:ImportPlaybackKeyPair", "ivs:TagResource", "ivs:us-west-2:0:playback-key/abcdefgh1234"],
    [
      "ivs:CreatePlaybackRestrictionPolicy",
      "ivs:TagResource",
      "ivs:us-west-2:0:playback-restriction-policy/abcdefgh1234",
    ],
    ["ivschat:CreateRoom", "ivschat:TagResource", "ivschat:us-west-2:0:room/abcdefgh1234"],
    ["ivschat:CreateLoggingConfiguration", "ivschat:TagResource", "ivschat:us-west-2:0:logging-configuration/abcdefgh"],
    ["kms:CreateKey", "kms:TagResource", "kms:us-west-2:0:key/1234abcd"],
    ["lambda:CreateFunction", "lambda:TagResource", "lambda:us-west-2:0:function:onair-dev-work"],
    ["lambda:CreateEventSourceMapping", "lambda:TagResource", "lambda:us-west-2:0:event-source-mapping:1234"],
    ["logs:CreateLogGroup", "logs:TagResource", "logs:us-west-2:0:log-group:/aws/lambda/onair-dev-work"],
    ["s3:CreateBucket", "s3:PutBucketTagging", "s3:::onair-dev-pictures"],
    ["sns:CreateTopic", "sns:TagResource", "sns:us-west-2:0:onair-dev-alarms"],
    ["sqs:CreateQueue", "sqs:TagQueue", "sqs:us-west-2:0:onair-dev-work"],
  ];

  const reaches = ({ Action, Resource }: PolicyStatement, action: string, arn: string): boolean =>
    list(Action).includes(action) &&
    list(Resource).some((pattern) => {
      const said = pattern.replaceAll(THIS.partition, "aws").replaceAll(THIS.account, "0");
      const parts = said.split("*").map((part) => part.replace(/[.^$+?()[\]{}|\\]/g, "\\$&"));
      return new RegExp(`^${parts.join(".*")}$`).test(`arn:aws:${arn}`);
    });
  /** Whether a statement holds of something that has no tag, no alias and no boundary yet. */
  const holdsOfNew = ({ Condition = {} }: PolicyStatement): boolean =>
    Object.entries(Condition).every(
      ([operator, keys]) => operator !== "Null" || Object.values(keys).every((absent) => absent === "true"),
    );

  it.each(TAGGED)("may tag what it makes, as soon as it makes it: %s asks for %s", (creates, tags, arn) => {
    expect(actions(granted("apply"))).toContain(creates);
    expect(granted("apply").filter((one) => reaches(one, tags, arn))).not.toEqual([]);
    expect(denied().filter((one) => reaches(one, tags, arn) && holdsOfNew(one))).toEqual([]);
  });

  it("tags no pool of users that is there, unless it has the tag of its environment", () => {
    const [pool, tag] = ["cognito-idp:us-west-2:0:userpool/us-west-2_AbCd12345", "cognito-idp:TagResource"];
    expect(denied().filter((one) => reaches(one, tag, pool))).toMatchObject([
      { Condition: { StringNotEquals: { "aws:ResourceTag/onair:environment": "dev" } } },
    ]);
  });

  it("makes nothing with tags but what is looked at here", () => {
    const creates = actions(granted("apply")).filter((action) => /:(Create|Import|Put(Rule|Metric)|POST)/.test(action));
    const untagged = ["CreateUserPoolClient", "CreateGroup", "CreateAlias", "CreateLogDelivery", "CreateResource"];
    const known = new Set([...TAGGED.map(([create]) => create), "iam:CreateServiceLinkedRole"]);
    expect(creates.filter((one) => !known.has(one) && !untagged.includes(one.split(":")[1] ?? ""))).toEqual([]);
  });
});
