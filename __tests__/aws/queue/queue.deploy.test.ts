import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { countMessages, moveMessages } from "#aws/queue/move-messages.ts";
import { sendToQueue } from "#aws/queue/queue.ts";

let own: OwnCloud;
let sqs: SQSClient;
let queues = 0;

beforeAll(async () => {
  own = await startOwnCloud();
  sqs = new SQSClient(client(own.cloud, own.root));
});
afterAll(async () => {
  sqs?.destroy();
  await own?.[Symbol.asyncDispose]();
});

const newQueue = async () =>
  String((await sqs.send(new CreateQueueCommand({ QueueName: `queue-${queues++}` }))).QueueUrl);

const take = async (queueUrl: string) => {
  const receive = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
  return (await sqs.send(new ReceiveMessageCommand(receive))).Messages ?? [];
};

it("a message comes out as it was put in, after its wait", async () => {
  const queueUrl = await newQueue();
  await sendToQueue({ client: sqs, queueUrl }, { at: 1, title: "Grüße" });
  await sendToQueue({ client: sqs, queueUrl }, { at: 2 }, 900);
  expect((await take(queueUrl)).map(({ Body }) => JSON.parse(String(Body)))).toEqual([{ at: 1, title: "Grüße" }]);
});

it("moves all messages of a queue, with their attributes, and leaves none", async () => {
  const [from, to] = [await newQueue(), await newQueue()];
  for (let place = 0; place < 23; place++) await sendToQueue({ client: sqs, queueUrl: from }, { place });
  const attribute = { DataType: "String", StringValue: "rule" };
  await sqs.send(new SendMessageCommand({ QueueUrl: from, MessageBody: "last", MessageAttributes: { by: attribute } }));
  expect(await countMessages(sqs, from)).toBe(24);
  expect(await moveMessages(sqs, { from, to, limit: 1000 })).toEqual({ moved: 24, left: 0 });
  expect([await countMessages(sqs, from), await countMessages(sqs, to)]).toEqual([0, 24]);
  const all = [...(await take(to)), ...(await take(to)), ...(await take(to))];
  expect(new Set(all.map(({ Body }) => Body)).size).toBe(24);
  expect(all.find(({ Body }) => Body === "last")?.MessageAttributes?.by).toMatchObject(attribute);
});

it("moves no more than the limit", async () => {
  const [from, to] = [await newQueue(), await newQueue()];
  for (let place = 0; place < 15; place++) await sendToQueue({ client: sqs, queueUrl: from }, { place });
  expect(await moveMessages(sqs, { from, to, limit: 12 })).toEqual({ moved: 12, left: 0 });
  expect([await countMessages(sqs, from), await countMessages(sqs, to)]).toEqual([3, 12]);
});

it("an empty queue has nothing to move", async () => {
  const [from, to] = [await newQueue(), await newQueue()];
  expect(await moveMessages(sqs, { from, to, limit: 10 })).toEqual({ moved: 0, left: 0 });
});

it("removes nothing that the other queue did not take", async () => {
  const from = await newQueue();
  await sendToQueue({ client: sqs, queueUrl: from }, { place: 1 });
  await expect(moveMessages(sqs, { from, to: `${from}-none`, limit: 10 })).rejects.toThrow();
  const hidden = { QueueUrl: from, AttributeNames: ["ApproximateNumberOfMessagesNotVisible" as const] };
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(hidden));
  expect(Attributes?.ApproximateNumberOfMessagesNotVisible).toBe("1");
});
