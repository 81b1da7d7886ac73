import { describe, expect, it } from "vitest";
import { wayText } from "#domain/plan-review/attributes.ts";
import { driftOf } from "#domain/plan-review/drift.ts";
import { readPlan } from "#domain/plan-review/read-plan.ts";
import { change, document, recorded } from "./fixture/plans.ts";

type Values = Readonly<Record<string, unknown>>;

const unchanged = (address: string, values: Values) => change(address, values, values, { actions: ["no-op"] });

const found = (drift: readonly Values[], changes: readonly Values[] = []) =>
  driftOf(readPlan(document(changes, { resource_drift: drift }))).map(({ change: { address }, attributes }) => [
    address,
    attributes.map(({ way }) => wayText(way)),
  ]);

const bucket = (policy: string, tags: Values = {}) => ({ bucket: "recordings", policy, tags });
const role = (...names: readonly string[]) => ({
  ...{ name: "reader", path: "/" },
  inline_policy: names.map((name) => ({ name, policy: "{}" })),
});
const granted = unchanged("aws_iam_role_policy.granted", { role: "reader", name: "granted" });

describe("drift", () => {
  it("is what somebody changed by hand, and what is gone", () => {
    expect(
      found([
        change("aws_s3_bucket.b", bucket("", { team: "live" }), bucket("", { team: "other" })),
        change("aws_ivs_channel.stage", { name: "stage" }, null),
      ]),
    ).toEqual([
      ["aws_ivs_channel.stage", []],
      ["aws_s3_bucket.b", ["tags.team"]],
    ]);
  });

  it("is not what a bucket repeats of the resource that writes its policy, which Terraform compares there", () => {
    const drift = [change("aws_s3_bucket.b", bucket(""), bucket("{}", { team: "other" }))];
    const policy = unchanged("aws_s3_bucket_policy.b", { bucket: "recordings", policy: "{}" });
    expect(found(drift, [policy])).toEqual([["aws_s3_bucket.b", ["tags.team"]]]);
  });

  it("is not the policy that a resource gives a topic, and is one of a topic that no resource gives one", () => {
    const topic = (policy: string) => ({ arn: "arn:topic", policy });
    const drift = [change("aws_sns_topic.t", topic("own"), topic("{}"))];
    const given = (arn: string) => unchanged("aws_sns_topic_policy.t", { arn, policy: "{}" });
    expect(found(drift, [given("arn:topic")])).toEqual([]);
    expect(found(drift, [given("arn:another")])).toEqual([["aws_sns_topic.t", ["policy"]]]);
  });

  it("is a policy of a bucket that no resource writes", () => {
    const drift = [change("aws_s3_bucket.b", bucket(""), bucket("{}"))];
    const another = unchanged("aws_s3_bucket_policy.b", { bucket: "pictures", policy: "{}" });
    expect(found(drift, [another])).toEqual([["aws_s3_bucket.b", ["policy"]]]);
  });

  it("is not the policy that a resource gives a role, and is one that was added to it by hand", () => {
    expect(found([change("aws_iam_role.r", role(), role("granted"))], [granted])).toEqual([]);
    expect(found([change("aws_iam_role.r", role("granted"), role("granted", "more"))], [granted])).toEqual([
      ["aws_iam_role.r", ["inline_policy[1].name", "inline_policy[1].policy"]],
    ]);
  });

  it("is not what functions write into rows of the house's channels, nor how far a queue was read", () => {
    expect(
      found([
        change("aws_dynamodb_table_item.demo", { item: "{}", hash_key: "pk" }, { item: '{"live":{}}', hash_key: "pk" }),
        change("aws_lambda_event_source_mapping.m", { last_processing_result: "" }, { last_processing_result: "OK" }),
      ]),
    ).toEqual([]);
  });

  it("is not that a switch which nobody set is read as off", () => {
    expect(found([change("aws_ivs_channel.a", { authorized: null }, { authorized: false })])).toEqual([]);
    expect(found([change("aws_ivs_channel.a", { authorized: true }, { authorized: false })])).toEqual([
      ["aws_ivs_channel.a", ["authorized"]],
    ]);
  });

  it("is none after a first deploy", () => {
    expect(driftOf(readPlan(recorded("nothing")))).toEqual([]);
  });
});
