import { join } from "node:path";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { call, send } from "#__tests__/local/fixture/signature.ts";
import { Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { oneOfEach } from "./fixture/accounts.ts";

const STACK = "accounts";
let own: OwnCloud;
let terraform: Terraform;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required" });
  const outdir = join(own.folder, "cdktf.out");
  const app = new App({ outdir });
  const stack = new AwsStack(app, STACK, { region: own.cloud.region, namePrefix: "test" });
  const { api, heard } = oneOfEach(stack);
  new TerraformOutput(stack, "api_id", { value: api.apiId });
  new TerraformOutput(stack, "queue_url", { value: heard.queueUrl });
  app.synth();
  terraform = new Terraform(join(outdir, "stacks", STACK), own.cloud.environment);
  await terraform.init();
});
afterAll(() => own[Symbol.asyncDispose]());

/** Calls an operation of a service that speaks JSON, as the account's root. */
async function ask(service: string, target: string, input: object): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
  const { endpoint } = own.cloud;
  const { text } = await call({ endpoint, service, headers, body: JSON.stringify(input) }, own.root);
  return JSON.parse(text);
}

describe("one of each construct for accounts", () => {
  it("is applied by the real Terraform, after which the next plan is empty", async () => {
    await terraform.apply();
    expect(await terraform.changes()).toEqual([]);
  });

  it("answers an open route to anybody, and a route for signed-in users to nobody without a token", async () => {
    const { api_id } = await terraform.outputs();
    const status = async (method: string, path: string, headers = {}) => {
      const request = { method, headers, path: `/_aws/execute-api/${api_id?.value}/$default${path}` };
      return (await send({ endpoint: own.cloud.endpoint, ...request })).status;
    };
    expect(await status("GET", "/public/live")).toBe(200);
    expect(await status("POST", "/stream/channels/demo/tokens")).toBe(401);
    expect(await status("POST", "/stream/channels/demo/tokens", { authorization: "Bearer none" })).toBe(401);
    expect(await status("POST", "/public/live")).toBe(404);
  });

  it("brings what its rule matches into its queue, and nothing else", async () => {
    const Detail = JSON.stringify({ word: "hello" });
    const event = { Source: "onair.test", DetailType: "Said", Detail };
    const Entries = [event, { ...event, DetailType: "Thought" }, { ...event, Source: "onair.other" }];
    expect(await ask("events", "AWSEvents.PutEvents", { Entries })).toMatchObject({ FailedEntryCount: 0 });
    const { queue_url } = await terraform.outputs();
    const asked = { QueueUrl: queue_url?.value, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 };
    const { Messages = [] } = await ask("sqs", "AmazonSQS.ReceiveMessage", asked);
    expect((Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body))).toMatchObject([
      { source: "onair.test", "detail-type": "Said", detail: { word: "hello" } },
    ]);
  });

  it("is destroyed whole", async () => {
    await terraform.must("destroy", "-auto-approve", "-input=false", "-no-color");
    expect(await terraform.must("state", "list")).toBe("");
  });
});
