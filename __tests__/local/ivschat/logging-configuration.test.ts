import {
  CreateLoggingConfigurationCommand,
  type CreateLoggingConfigurationRequest,
  DeleteLoggingConfigurationCommand,
  type DestinationConfiguration,
  GetLoggingConfigurationCommand,
  ListLoggingConfigurationsCommand,
  UpdateLoggingConfigurationCommand,
} from "@aws-sdk/client-ivschat";
import { describe, expect, test } from "vitest";
import { loadModel } from "#local/service-model/model.ts";
import { sendRaw } from "../../support/service-server.ts";
import { stoppedClock } from "../ivs/fixture.ts";
import { refusalOf, startChat } from "./fixture.ts";

const logs = { cloudWatchLogs: { logGroupName: "/aws/vendedlogs/chat" } };
const create = (input: Partial<CreateLoggingConfigurationRequest> = {}) =>
  new CreateLoggingConfigurationCommand({ destinationConfiguration: logs, ...input });

test("a new logging configuration is accepted as ACTIVE, reads CREATING, then ACTIVE", async () => {
  const clock = stoppedClock();
  const { chat } = await startChat({ now: clock.now, settleMilliseconds: 2000 });
  const { arn: identifier, state } = await chat.send(create());
  const stateNow = async () => (await chat.send(new GetLoggingConfigurationCommand({ identifier }))).state;
  expect(state).toBe("ACTIVE");
  expect(await stateNow()).toBe("CREATING");
  clock.advance(2000);
  expect(await stateNow()).toBe("ACTIVE");
});

test("an update reads UPDATING, then ACTIVE", async () => {
  const clock = stoppedClock();
  const { chat } = await startChat({ now: clock.now, settleMilliseconds: 2000 });
  const { arn: identifier } = await chat.send(create());
  clock.advance(5000);
  const s3 = { s3: { bucketName: "chat-logs" } };
  const updated = await chat.send(new UpdateLoggingConfigurationCommand({ identifier, destinationConfiguration: s3 }));
  expect(updated).toMatchObject({ destinationConfiguration: s3, updateTime: new Date("2026-01-02T03:04:10Z") });
  const read = () => chat.send(new GetLoggingConfigurationCommand({ identifier }));
  expect((await read()).state).toBe("UPDATING");
  clock.advance(2000);
  expect(await read()).toMatchObject({ state: "ACTIVE", destinationConfiguration: s3 });
});

describe("the destination", () => {
  test.each<DestinationConfiguration>([
    { s3: { bucketName: "chat-logs" } },
    { cloudWatchLogs: { logGroupName: "/aws/vendedlogs/chat" } },
    { firehose: { deliveryStreamName: "chat-logs" } },
  ])("may be %j", async (destinationConfiguration) => {
    const { chat } = await startChat();
    const { arn: identifier } = await chat.send(create({ destinationConfiguration }));
    const read = await chat.send(new GetLoggingConfigurationCommand({ identifier }));
    expect(read.destinationConfiguration).toEqual(destinationConfiguration);
  });

  test.each([{}, { s3: { bucketName: "chat-logs" }, ...logs }])(
    "is refused as %j",
    async (destinationConfiguration) => {
      const { server } = await startChat();
      // The SDK's types allow exactly one destination; a raw request does not care.
      const answer = await sendRaw(server, loadModel("ivschat"), "CreateLoggingConfiguration", {
        destinationConfiguration,
      });
      expect(answer).toMatchObject({
        status: 400,
        errorType: "ValidationException",
        body: {
          reason: "FIELD_VALIDATION_FAILED",
          fieldList: [
            { name: "destinationConfiguration", message: "Must have exactly one of s3, cloudWatchLogs and firehose" },
          ],
        },
      });
    },
  );
});

test("an eleventh logging configuration is above the quota", async () => {
  const { chat } = await startChat();
  for (let count = 0; count < 10; count += 1) await chat.send(create());
  expect(await refusalOf(chat.send(create()))).toMatchObject({
    name: "ServiceQuotaExceededException",
    status: 402,
    limit: 10,
  });
});

test("a logging configuration that a room uses cannot be deleted", async () => {
  const { chat, createRoom } = await startChat();
  const { arn: identifier = "", id } = await chat.send(create());
  const room = await createRoom({ loggingConfigurationIdentifiers: [identifier] });
  expect(await refusalOf(chat.send(new DeleteLoggingConfigurationCommand({ identifier })))).toEqual({
    name: "ConflictException",
    status: 409,
    message: `Resource: ${identifier} is in use by room ${room.arn}`,
    resourceId: id,
    resourceType: "ROOM",
  });
});

test("an unused logging configuration is deleted with 204", async () => {
  const { chat } = await startChat();
  const { arn: identifier } = await chat.send(create());
  const { $metadata } = await chat.send(new DeleteLoggingConfigurationCommand({ identifier }));
  expect($metadata.httpStatusCode).toBe(204);
  expect(await refusalOf(chat.send(new GetLoggingConfigurationCommand({ identifier })))).toMatchObject({ status: 404 });
});

test("a list shows each with its state", async () => {
  const { chat } = await startChat();
  const { arn } = await chat.send(create({ name: "logs" }));
  const { loggingConfigurations } = await chat.send(new ListLoggingConfigurationsCommand({}));
  expect(loggingConfigurations).toMatchObject([{ arn, name: "logs", state: "ACTIVE", tags: {} }]);
});
