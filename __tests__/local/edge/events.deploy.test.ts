import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Amazon, amazon } from "../fixture/amazon.ts";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { call } from "../fixture/signature.ts";

let own: OwnCloud;
let account: Amazon;

beforeAll(async () => {
  own = await startOwnCloud();
  account = amazon(own.cloud.endpoint, own.root);
});
afterAll(() => own?.[Symbol.asyncDispose]());

const event = {
  Source: "aws.ivs",
  DetailType: "IVS Stream State Change",
  Detail: JSON.stringify({ event_name: "Stream Start", stream_id: "st-1" }),
  Resources: ["arn:aws:ivs:us-east-1:000000000000:channel/abcdefghijkl"],
};

describe("an event of an Amazon service", () => {
  it("cannot be published by a client", async () => {
    const answer = await account.events("PutEvents", { Entries: [event] });
    expect(answer).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." }],
    });
  });

  it("that the cloud emits reaches the rule's target as the service sends it", async () => {
    await queue("CreateQueue", { QueueName: "events" });
    const pattern = { source: ["aws.ivs"], detail: { event_name: ["Stream Start"] } };
    await account.events("PutRule", { Name: "live", EventPattern: JSON.stringify(pattern) });
    const target = { Id: "1", Arn: "arn:aws:sqs:us-east-1:000000000000:events" };
    await account.events("PutTargets", { Rule: "live", Targets: [target] });
    await own.cloud.emit([event]);
    expect(await received()).toMatchObject({
      source: "aws.ivs",
      "detail-type": "IVS Stream State Change",
      account: "000000000000",
      region: "us-east-1",
      resources: event.Resources,
      detail: { event_name: "Stream Start", stream_id: "st-1" },
    });
  });
});

const queue = async (operation: string, input: unknown) => {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${operation}` };
  const { text } = await call(
    { endpoint: own.cloud.endpoint, service: "sqs", headers, body: JSON.stringify(input) },
    own.root,
  );
  return JSON.parse(text) as Record<string, unknown>;
};

const received = async (): Promise<unknown> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await queue("ReceiveMessage", { QueueUrl: `${own.cloud.endpoint}/000000000000/events` });
    const [message] = (answer.Messages ?? []) as { Body: string }[];
    if (message !== undefined) return JSON.parse(message.Body);
    await sleep(50);
  }
  return undefined;
};
