import {
  CreateLoggingConfigurationCommand,
  DeleteRoomCommand,
  GetRoomCommand,
  ListRoomsCommand,
  type ListRoomsRequest,
  UpdateRoomCommand,
} from "@aws-sdk/client-ivschat";
import { describe, expect, test } from "vitest";
import { stoppedClock } from "../ivs/fixture.ts";
import { refusalOf, reviewHandler, startChat, unknownRoom } from "./fixture.ts";

const s3Logs = new CreateLoggingConfigurationCommand({ destinationConfiguration: { s3: { bucketName: "chat-logs" } } });

describe("a new room", () => {
  test("has the service's defaults", async () => {
    const { createRoom } = await startChat({ now: stoppedClock().now });
    const time = new Date("2026-01-02T03:04:05Z");
    const room = await createRoom();
    expect(room).toEqual({
      arn: expect.stringMatching(/^arn:aws:ivschat:eu-west-1:000000000000:room\/[A-Za-z0-9]{12}$/),
      id: room.arn.split("/")[1],
      name: "",
      createTime: time,
      updateTime: time,
      maximumMessageRatePerSecond: 10,
      maximumMessageLength: 500,
      loggingConfigurationIdentifiers: [],
      tags: {},
    });
  });

  test("keeps what it was given", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: logging = "" } = await chat.send(s3Logs);
    const given = {
      name: "lobby",
      maximumMessageRatePerSecond: 100,
      maximumMessageLength: 1,
      messageReviewHandler: { uri: reviewHandler, fallbackResult: "DENY" as const },
      loggingConfigurationIdentifiers: [logging],
      tags: { project: "onair" },
    };
    const { arn } = await createRoom(given);
    expect(await chat.send(new GetRoomCommand({ identifier: arn }))).toMatchObject(given);
  });

  test.each([
    [
      { maximumMessageLength: 501 },
      "maximumMessageLength",
      "Member must have value less than or equal to 500, got 501",
    ],
    [
      { maximumMessageRatePerSecond: 0 },
      "maximumMessageRatePerSecond",
      "Member must have value greater than or equal to 1, got 0",
    ],
    [{ name: "a b" }, "name", "Member must satisfy regular expression pattern: [a-zA-Z0-9-_]*"],
  ])("is refused with %j", async (input, field, rule) => {
    const { createRoom } = await startChat();
    expect(await refusalOf(createRoom(input))).toEqual({
      name: "ValidationException",
      status: 400,
      message: `1 validation error detected: Value at '${field}' failed to satisfy constraint: ${rule}`,
      reason: "FIELD_VALIDATION_FAILED",
      fieldList: [{ name: field, message: rule }],
    });
  });

  test("cannot have a review handler of another account or region", async () => {
    const { createRoom } = await startChat();
    for (const place of ["eu-west-1:111122223333", "us-east-1:000000000000"]) {
      const uri = `arn:aws:lambda:${place}:function:review`;
      expect(await refusalOf(createRoom({ messageReviewHandler: { uri } }))).toMatchObject({
        name: "ValidationException",
        message: expect.stringContaining("Must be a function of the room's own account and region"),
      });
    }
  });

  test("needs logging configurations that exist, at most three", async () => {
    const { createRoom } = await startChat();
    const arn = "arn:aws:ivschat:eu-west-1:000000000000:logging-configuration/NoSuchOne123";
    expect(await refusalOf(createRoom({ loggingConfigurationIdentifiers: [arn] }))).toEqual({
      name: "ResourceNotFoundException",
      status: 404,
      message: `Resource: ${arn} not found`,
      resourceId: "NoSuchOne123",
      resourceType: "ROOM",
    });
    expect(await refusalOf(createRoom({ loggingConfigurationIdentifiers: [arn, arn, arn, arn] }))).toMatchObject({
      name: "ValidationException",
    });
  });

  test("may not be one more than the quota", async () => {
    const { createRoom } = await startChat({ quotas: { rooms: 1 } });
    await createRoom();
    expect(await refusalOf(createRoom())).toEqual({
      name: "ServiceQuotaExceededException",
      status: 402,
      message: "Quota exceeded: at most 1 rooms",
      resourceId: "000000000000",
      resourceType: "ROOM",
      limit: 1,
    });
  });
});

describe("updating a room", () => {
  test("changes only what the request names, and the time of the update", async () => {
    const clock = stoppedClock();
    const { chat, createRoom } = await startChat({ now: clock.now });
    const room = await createRoom({ name: "lobby", messageReviewHandler: { uri: reviewHandler } });
    clock.advance(1000);
    const { $metadata: _, ...updated } = await chat.send(
      new UpdateRoomCommand({ identifier: room.arn, maximumMessageLength: 100 }),
    );
    expect(updated).toEqual({ ...room, maximumMessageLength: 100, updateTime: new Date("2026-01-02T03:04:06Z") });
  });

  test("takes the review handler away by an empty address, which then stays empty", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: identifier } = await createRoom({
      messageReviewHandler: { uri: reviewHandler, fallbackResult: "DENY" },
    });
    await chat.send(new UpdateRoomCommand({ identifier, messageReviewHandler: { uri: "" } }));
    const { messageReviewHandler } = await chat.send(new GetRoomCommand({ identifier }));
    expect(messageReviewHandler).toEqual({ uri: "", fallbackResult: "DENY" });
  });

  test("changes the fallback and keeps the handler", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: identifier } = await createRoom({ messageReviewHandler: { uri: reviewHandler } });
    const change = new UpdateRoomCommand({ identifier, messageReviewHandler: { fallbackResult: "DENY" } });
    expect((await chat.send(change)).messageReviewHandler).toEqual({ uri: reviewHandler, fallbackResult: "DENY" });
  });

  test("takes logging away by an empty list", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: logging = "" } = await chat.send(s3Logs);
    const { arn: identifier } = await createRoom({ loggingConfigurationIdentifiers: [logging] });
    const change = new UpdateRoomCommand({ identifier, loggingConfigurationIdentifiers: [] });
    expect((await chat.send(change)).loggingConfigurationIdentifiers).toEqual([]);
  });

  test("is refused for a room that does not exist", async () => {
    const { chat } = await startChat();
    expect(await refusalOf(chat.send(new UpdateRoomCommand({ identifier: unknownRoom })))).toMatchObject({
      status: 404,
      resourceId: "NoSuchOne123",
    });
  });
});

test("deleting a room answers 204 and closes its connections", async () => {
  const closed: string[] = [];
  const chatRooms = {
    send: async () => {},
    disconnect: async () => {},
    close: async (arn: string) => void closed.push(arn),
  };
  const { chat, createRoom } = await startChat({ chatRooms });
  const { arn: identifier } = await createRoom();
  expect((await chat.send(new DeleteRoomCommand({ identifier }))).$metadata.httpStatusCode).toBe(204);
  expect(closed).toEqual([identifier]);
  expect(await refusalOf(chat.send(new GetRoomCommand({ identifier })))).toMatchObject({ status: 404 });
});

describe("listing rooms", () => {
  test("finds by name, review handler and logging configuration", async () => {
    const { chat, createRoom } = await startChat();
    const { arn: logging = "" } = await chat.send(s3Logs);
    const named = await createRoom({ name: "lobby" });
    const reviewed = await createRoom({ messageReviewHandler: { uri: reviewHandler } });
    const logged = await createRoom({ loggingConfigurationIdentifiers: [logging] });
    const found = async (input: ListRoomsRequest) =>
      (await chat.send(new ListRoomsCommand(input))).rooms?.map(({ arn }) => arn);
    expect(await found({ name: "lobby" })).toEqual([named.arn]);
    expect(await found({ messageReviewHandlerUri: reviewHandler })).toEqual([reviewed.arn]);
    expect(await found({ loggingConfigurationIdentifier: logging })).toEqual([logged.arn]);
    expect(await found({ name: "lobby", loggingConfigurationIdentifier: logging })).toEqual([]);
    expect(await found({})).toHaveLength(3);
  });

  test("shows the one that changed last first, over all pages", async () => {
    const clock = stoppedClock();
    const { chat, createRoom } = await startChat({ now: clock.now });
    const arns: string[] = [];
    for (const name of ["one", "two", "three"]) {
      arns.unshift((await createRoom({ name })).arn);
      clock.advance(1000);
    }
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await chat.send(new ListRoomsCommand({ maxResults: 2, nextToken }));
      seen.push(...(page.rooms ?? []).map(({ arn }) => arn));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(seen).toEqual(arns);
  });

  test("refuses a token that it did not give", async () => {
    const { chat } = await startChat();
    expect(await refusalOf(chat.send(new ListRoomsCommand({ nextToken: "abc" })))).toMatchObject({
      name: "ValidationException",
      reason: "FIELD_VALIDATION_FAILED",
      fieldList: [{ name: "nextToken", message: "Member must be a token that this operation returned" }],
    });
  });
});
