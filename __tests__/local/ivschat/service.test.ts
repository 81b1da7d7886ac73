import {
  CreateLoggingConfigurationCommand,
  GetRoomCommand,
  ListRoomsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ivschat";
import { expect, test } from "vitest";
import { ivsChatPermissions } from "#local/ivschat/permissions.ts";
import { ivsChatRates } from "#local/ivschat/rates.ts";
import type { IvsChat } from "#local/ivschat/service.ts";
import { loadModel } from "#local/service-model/model.ts";
import { stoppedClock } from "../ivs/fixture.ts";
import { refusalOf, startChat } from "./fixture.ts";

const asked = (service: IvsChat, operation: string, input: object) =>
  service.permissions({
    id: "1",
    method: "POST",
    path: `/${operation}`,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(input)),
    accountId: "000000000000",
    region: "eu-west-1",
  });

test("a token asks for the right to make one for that very room", async () => {
  const { service, createRoom } = await startChat();
  const { arn } = await createRoom({ tags: { project: "onair" } });
  expect(asked(service, "CreateChatToken", { roomIdentifier: arn, userId: "alice" })).toEqual([
    { action: "ivschat:CreateChatToken", resource: arn, context: { "aws:ResourceTag/project": "onair" } },
  ]);
});

test("creating a room asks for rooms as a type, and with tags for the right to tag", async () => {
  const { service } = await startChat();
  const resource = "arn:aws:ivschat:eu-west-1:000000000000:room/*";
  expect(asked(service, "CreateRoom", {})).toEqual([{ action: "ivschat:CreateRoom", resource, context: {} }]);
  const context = { "aws:RequestTag/project": "onair", "aws:TagKeys": ["project"] };
  expect(asked(service, "CreateRoom", { tags: { project: "onair" } })).toEqual([
    { action: "ivschat:CreateRoom", resource, context },
    { action: "ivschat:TagResource", resource, context },
  ]);
});

test("every operation has permissions", () => {
  expect(Object.keys(ivsChatPermissions).sort()).toEqual(Object.keys(loadModel("ivschat").operations).sort());
});

test("rooms and logging configurations have tags", async () => {
  const { chat, createRoom } = await startChat();
  const destinationConfiguration = { firehose: { deliveryStreamName: "chat-logs" } };
  const logging = await chat.send(new CreateLoggingConfigurationCommand({ destinationConfiguration }));
  for (const resourceArn of [(await createRoom()).arn, logging.arn]) {
    await chat.send(new TagResourceCommand({ resourceArn, tags: { project: "onair", owner: "alice" } }));
    await chat.send(new UntagResourceCommand({ resourceArn, tagKeys: ["owner", "unknown"] }));
    const { tags } = await chat.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ project: "onair" });
  }
});

test("everything survives being saved as JSON and restored elsewhere", async () => {
  const { service, chat, createRoom } = await startChat();
  const destinationConfiguration = { s3: { bucketName: "chat-logs" } };
  const { arn = "" } = await chat.send(new CreateLoggingConfigurationCommand({ destinationConfiguration }));
  const room = await createRoom({ name: "lobby", loggingConfigurationIdentifiers: [arn], tags: { project: "onair" } });
  const after = await startChat();
  const saved = JSON.parse(JSON.stringify(service.save()));
  after.service.restore(saved);
  expect(after.service.save()).toEqual(saved);
  expect(await after.chat.send(new GetRoomCommand({ identifier: room.arn }))).toMatchObject(room);
});

test("under the service's own rates one call too many is throttled, with the limit", async () => {
  const { chat } = await startChat({ now: stoppedClock().now, rates: ivsChatRates });
  for (let count = 0; count < 5; count += 1) await chat.send(new ListRoomsCommand({}));
  expect(await refusalOf(chat.send(new ListRoomsCommand({})))).toEqual({
    name: "ThrottlingException",
    status: 429,
    message: "Rate exceeded: ListRooms allows 5 calls per second",
    resourceId: "000000000000",
    resourceType: "ROOM",
    limit: 5,
  });
});
