import { CreateChannelCommand, GetChannelCommand, IvsClient } from "@aws-sdk/client-ivs";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { Cloud } from "#local/cloud.ts";
import { amazon } from "../fixture/amazon.ts";
import { client, startOwnCloud } from "../fixture/own-cloud.ts";
import { call, type Keys } from "../fixture/signature.ts";

const lambda = ({ endpoint }: Cloud, keys: Keys, method: string, path: string, input?: unknown) =>
  call({ endpoint, service: "lambda", method, path, body: input ? JSON.stringify(input) : "" }, keys);

test("on another port a queue's messages still reach its function, which is told the queue's address there", async () => {
  await using first = await startOwnCloud();
  const account = amazon(first.cloud.endpoint, first.root);
  const sqs = new SQSClient(client(first.cloud, first.root));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "work" }));
  const role = await account.role("worker", [{ Effect: "Allow", Action: ["sqs:*", "logs:*"], Resource: "*" }]);
  const source = "exports.handler = async () => process.env.QUEUE_URL;";
  await account.function("worker", role, source, { QUEUE_URL: String(QueueUrl) });
  const mapping = { FunctionName: "worker", EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:work" };
  const made = await lambda(first.cloud, first.root, "POST", "/2015-03-31/event-source-mappings", mapping);
  expect(made.status).toBeLessThan(300);
  const { channel } = await new IvsClient(client(first.cloud, first.root)).send(new CreateChannelCommand({}));
  await first.cloud.stop();

  await using second = await startOwnCloud({ folder: first.folder });
  const { endpoint } = second.cloud;
  expect(endpoint).not.toBe(first.cloud.endpoint);
  const again = new SQSClient(client(second.cloud, second.root));
  const here = (await again.send(new GetQueueUrlCommand({ QueueName: "work" }))).QueueUrl;
  expect(here).toBe(String(QueueUrl).replace(first.cloud.endpoint, endpoint));
  expect((await amazon(endpoint, second.root).invoke("worker")).payload).toBe(here);
  const found = await new IvsClient(client(second.cloud, second.root)).send(
    new GetChannelCommand({ arn: channel?.arn }),
  );
  expect(found.channel?.playbackUrl).toBe(channel?.playbackUrl?.replace(first.cloud.endpoint, endpoint));

  await again.send(new SendMessageCommand({ QueueUrl: here, MessageBody: "{}" }));
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const left = async () =>
    (await again.send(new GetQueueAttributesCommand({ QueueUrl: here, AttributeNames: [...names] }))).Attributes;
  await expect.poll(left, { timeout: 20_000 }).toEqual({ [names[0]]: "0", [names[1]]: "0" });
});
