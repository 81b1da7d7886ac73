import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateChatTokenCommand,
  CreateLoggingConfigurationCommand,
  CreateRoomCommand,
  IvschatClient,
} from "@aws-sdk/client-ivschat";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { connectTo } from "../ivschat/messaging/fixture.ts";

const folder = join(mkdtempSync(join(tmpdir(), "onair-chat-")), "onair");
afterAll(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const api = ({ cloud, root }: OwnCloud) => new IvschatClient(client(cloud, root));
const tokenFor = async (own: OwnCloud, roomIdentifier: string | undefined) => {
  const input = { roomIdentifier, userId: "viewer-1", capabilities: ["SEND_MESSAGE" as const] };
  return (await api(own).send(new CreateChatTokenCommand(input))).token ?? "";
};

it("a restarted cloud has the rooms, takes the tokens, and has the logs of what was said last", async () => {
  const first = await startOwnCloud({ folder });
  await new S3Client(client(first.cloud, first.root)).send(new CreateBucketCommand({ Bucket: "archive" }));
  const destinationConfiguration = { s3: { bucketName: "archive" } };
  const { arn = "" } = await api(first).send(new CreateLoggingConfigurationCommand({ destinationConfiguration }));
  await sleep(600);
  const room = await api(first).send(new CreateRoomCommand({ loggingConfigurationIdentifiers: [arn] }));
  const guest = await connectTo(first.cloud.chatUrl, await tokenFor(first, room.arn));
  guest.send({ Action: "SEND_MESSAGE", RequestId: "1", Content: "last words" });
  expect(await guest.next()).toMatchObject({ Type: "MESSAGE", Content: "last words" });
  const token = await tokenFor(first, room.arn);
  await first.cloud.stop();
  expect((await guest.closed).code).toBe(1001);

  await using second = await startOwnCloud({ folder });
  const again = await connectTo(second.cloud.chatUrl, token);
  again.send({ Action: "SEND_MESSAGE", RequestId: "2", Content: "back" });
  expect(await again.next()).toMatchObject({ Type: "MESSAGE", Content: "back" });
  const s3 = new S3Client(client(second.cloud, second.root));
  expect((await s3.send(new ListObjectsV2Command({ Bucket: "archive" }))).Contents).toHaveLength(1);
});
