import { afterAll, beforeAll, expect, it } from "vitest";
import { type Amazon, amazon } from "#__tests__/local/fixture/amazon.ts";
import { type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { call, type Keys } from "#__tests__/local/fixture/signature.ts";
import { runPython } from "#__tests__/support/test-python.ts";
import { POLICY, state } from "./fixture.ts";

let own: OwnCloud;
let aws: Amazon;

beforeAll(async () => {
  own = await startOwnCloud();
  aws = amazon(own.cloud.endpoint, own.root);
});
afterAll(async () => {
  await own?.[Symbol.asyncDispose]();
});

/** What a caller of these actions gets for creating a policy. */
async function creationBy(name: string, ...Action: readonly string[]): Promise<string> {
  const keys: Keys = await aws.assume(await aws.role(name, [{ Effect: "Allow", Action, Resource: "*" }]));
  const { region, endpoint } = own.cloud;
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "CloudApiService.CreateResource" };
  const body = JSON.stringify(state(POLICY, {}));
  const answer = await call({ endpoint, region, service: "cloudcontrolapi", headers, body }, keys);
  return `${answer.status} ${answer.text}`;
}

it("boto3 makes, changes, lists and deletes a resource", async () => {
  const printed = await runPython("__tests__/local/cloud-control/boto3-tour.py", [], own.cloud.environment);
  expect(JSON.parse(printed)).toEqual({
    made: "SUCCESS",
    countries: ["DE"],
    listed: [true],
    deleted: "SUCCESS",
    gone: "ResourceNotFoundException",
    unknown: "TypeNotFoundException",
  });
});

it("nobody gets past IAM by it: Cloud Control's action is needed, and the service's own", async () => {
  const create = "ivs:CreatePlaybackRestrictionPolicy";
  expect(await creationBy("one", "cloudformation:CreateResource")).toMatch(`not authorized to perform: ${create}`);
  expect(await creationBy("two", create)).toMatch("not authorized to perform: cloudformation:CreateResource");
  expect(await creationBy("both", create, "cloudformation:CreateResource")).toMatch('200 {"ProgressEvent":');
});
