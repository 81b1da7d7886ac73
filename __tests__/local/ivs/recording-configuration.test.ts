import {
  CreateRecordingConfigurationCommand,
  DeleteRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  IvsClient,
  ListRecordingConfigurationsCommand,
  type ThumbnailConfiguration,
} from "@aws-sdk/client-ivs";
import { describe, expect, test } from "vitest";
import { refusalOf, startIvs, stoppedClock } from "./fixture.ts";

test("a new recording configuration is CREATING, then ACTIVE", async () => {
  const clock = stoppedClock();
  const { ivs, createRecording } = await startIvs({ now: clock.now, settleMilliseconds: 2000 });
  const { arn, state } = await createRecording();
  const stateNow = async () =>
    (await ivs.send(new GetRecordingConfigurationCommand({ arn }))).recordingConfiguration?.state;
  expect(state).toBe("CREATING");
  clock.advance(1999);
  expect(await stateNow()).toBe("CREATING");
  clock.advance(1);
  expect(await stateNow()).toBe("ACTIVE");
});

test("answers always have thumbnails, renditions and the reconnect window", async () => {
  const { createRecording } = await startIvs();
  expect(await createRecording()).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:000000000000:recording-configuration\/[A-Za-z0-9]{12}$/),
    name: "",
    state: "ACTIVE",
    destinationConfiguration: { s3: { bucketName: "recordings" } },
    thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 60, storage: ["SEQUENTIAL"] },
    recordingReconnectWindowSeconds: 0,
    renditionConfiguration: { renditionSelection: "ALL", renditions: [] },
    tags: {},
  });
});

test("a recording configuration keeps what it was given", async () => {
  const { createRecording } = await startIvs();
  const given = {
    name: "archive",
    recordingReconnectWindowSeconds: 300,
    thumbnailConfiguration: {
      recordingMode: "INTERVAL" as const,
      targetIntervalSeconds: 1,
      resolution: "HD" as const,
      storage: ["LATEST" as const],
    },
    renditionConfiguration: { renditionSelection: "CUSTOM" as const, renditions: ["HD" as const] },
    tags: { project: "onair" },
  };
  expect(await createRecording(given)).toMatchObject(given);
});

describe("thumbnails", () => {
  test("may be off, then without an interval", async () => {
    const { createRecording } = await startIvs();
    const thumbnailConfiguration = { recordingMode: "DISABLED" as const };
    expect((await createRecording({ thumbnailConfiguration })).thumbnailConfiguration).toEqual(thumbnailConfiguration);
  });

  test.each<[ThumbnailConfiguration, string]>([
    [{ recordingMode: "DISABLED", targetIntervalSeconds: 30 }, "Can be set only if recordingMode is INTERVAL"],
    [{ recordingMode: "INTERVAL" }, "Is required if recordingMode is INTERVAL"],
    [
      { recordingMode: "INTERVAL", targetIntervalSeconds: 61 },
      "Member must have value less than or equal to 60, got 61",
    ],
    [
      { recordingMode: "INTERVAL", targetIntervalSeconds: 0 },
      "Member must have value greater than or equal to 1, got 0",
    ],
  ])("are refused as %j", async (thumbnailConfiguration, message) => {
    const { createRecording } = await startIvs();
    expect(await refusalOf(createRecording({ thumbnailConfiguration }))).toEqual({
      name: "ValidationException",
      status: 400,
      message: `1 validation error detected: Value at 'thumbnailConfiguration.targetIntervalSeconds' failed to satisfy constraint: ${message}`,
    });
  });
});

test("a reconnect window above 300 seconds is refused", async () => {
  const { createRecording } = await startIvs();
  expect(await refusalOf(createRecording({ recordingReconnectWindowSeconds: 301 }))).toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("Value at 'recordingReconnectWindowSeconds' failed"),
  });
});

test("a destination other than a bucket is refused", async () => {
  const { createRecording } = await startIvs();
  expect(await refusalOf(createRecording({ destinationConfiguration: {} }))).toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("Value at 'destinationConfiguration.s3' failed"),
  });
});

test("chosen renditions must be named", async () => {
  const { createRecording } = await startIvs();
  const renditionConfiguration = { renditionSelection: "CUSTOM" as const };
  expect(await refusalOf(createRecording({ renditionConfiguration }))).toMatchObject({
    message: expect.stringContaining("Must name at least one rendition if renditionSelection is CUSTOM"),
  });
});

describe("a bucket of another region", () => {
  const bucketRegion = async (name: string) => (name === "recordings" ? "us-west-2" : undefined);

  test("is refused", async () => {
    const { createRecording } = await startIvs({ bucketRegion });
    expect(await refusalOf(createRecording())).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("The bucket must be in eu-west-1, it is in us-west-2"),
    });
  });

  test("ends CREATE_FAILED in us-east-1", async () => {
    const { server, createRecording } = await startIvs({ bucketRegion });
    const virginia = new IvsClient(server.client({ region: "us-east-1" }));
    const destinationConfiguration = { s3: { bucketName: "recordings" } };
    const created = await virginia.send(new CreateRecordingConfigurationCommand({ destinationConfiguration }));
    expect(created.recordingConfiguration?.state).toBe("CREATE_FAILED");
    expect((await createRecording({ destinationConfiguration: { s3: { bucketName: "elsewhere" } } })).state).toBe(
      "ACTIVE",
    );
  });
});

test("a recording configuration that a channel uses cannot be deleted", async () => {
  const { ivs, createChannel, createRecording } = await startIvs();
  const { arn } = await createRecording();
  const channel = await createChannel({ recordingConfigurationArn: arn });
  expect(await refusalOf(ivs.send(new DeleteRecordingConfigurationCommand({ arn })))).toEqual({
    name: "ConflictException",
    status: 409,
    message: `Resource: ${arn} is in use by channel ${channel.arn}`,
  });
});

test("an unused recording configuration is deleted with 204", async () => {
  const { ivs, createRecording } = await startIvs();
  const { arn } = await createRecording();
  expect((await ivs.send(new DeleteRecordingConfigurationCommand({ arn }))).$metadata.httpStatusCode).toBe(204);
  expect(await refusalOf(ivs.send(new GetRecordingConfigurationCommand({ arn })))).toMatchObject({ status: 404 });
});

test("a list shows summaries with the state", async () => {
  const { ivs, createRecording } = await startIvs();
  const { arn } = await createRecording({ name: "archive" });
  const { recordingConfigurations } = await ivs.send(new ListRecordingConfigurationsCommand({}));
  const destinationConfiguration = { s3: { bucketName: "recordings" } };
  expect(recordingConfigurations).toEqual([
    { arn, name: "archive", state: "ACTIVE", destinationConfiguration, tags: {} },
  ]);
});

test("one more than the quota is refused", async () => {
  const { createRecording } = await startIvs({ quotas: { recordingConfigurations: 1 } });
  await createRecording();
  expect(await refusalOf(createRecording())).toMatchObject({ name: "ServiceQuotaExceededException", status: 402 });
});
