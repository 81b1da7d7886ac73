import {
  BatchGetChannelCommand,
  CreateAdConfigurationCommand,
  CreateChannelCommand,
  CreatePlaybackRestrictionPolicyCommand,
  DeleteChannelCommand,
  GetChannelCommand,
  GetStreamKeyCommand,
  IvsClient,
  ListChannelsCommand,
  type ListChannelsRequest,
  ListStreamKeysCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-ivs";
import { describe, expect, test } from "vitest";
import { refusalOf, startIvs } from "./fixture.ts";

const unknownArn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";

describe("a new channel", () => {
  test("has the service's defaults, its addresses and a stream key", async () => {
    const { ivs } = await startIvs();
    const { channel, streamKey } = await ivs.send(new CreateChannelCommand({}));
    expect(channel).toEqual({
      arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:000000000000:channel\/[A-Za-z0-9]{12}$/),
      name: "",
      type: "STANDARD",
      latencyMode: "LOW",
      authorized: false,
      insecureIngest: false,
      preset: "",
      containerFormat: "TS",
      recordingConfigurationArn: "",
      playbackRestrictionPolicyArn: "",
      adConfigurationArn: "",
      tags: {},
      ingestEndpoint: expect.stringMatching(/^[0-9a-f]{12}\.global-contribute\.live-video\.net$/),
      playbackUrl: expect.stringMatching(
        /^https:\/\/[0-9a-f]{12}\.eu-west-1\.playback\.live-video\.net\/api\/video\/v1\/eu-west-1\.000000000000\.channel\.[A-Za-z0-9]{12}\.m3u8$/,
      ),
    });
    expect(streamKey).toEqual({
      arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:000000000000:stream-key\/[A-Za-z0-9]{12}$/),
      channelArn: channel?.arn,
      value: expect.stringMatching(/^sk_eu-west-1_[A-Za-z0-9]{12}_[A-Za-z0-9]{30}$/),
      tags: {},
    });
  });

  test("has the addresses that the settings make for it", async () => {
    const { createChannel } = await startIvs({
      ingestEndpoint: () => "127.0.0.1",
      playbackUrl: ({ id, region, accountId }) => `http://127.0.0.1:4566/live/${region}/${accountId}/${id}.m3u8`,
    });
    const channel = await createChannel();
    expect(channel.ingestEndpoint).toBe("127.0.0.1");
    expect(channel.playbackUrl).toBe(
      `http://127.0.0.1:4566/live/eu-west-1/000000000000/${channel.arn.split("/").at(-1)}.m3u8`,
    );
  });

  test("keeps what it was given", async () => {
    const { ivs, createChannel, createRecording } = await startIvs();
    const recording = await createRecording();
    const given = {
      name: "alice",
      type: "BASIC" as const,
      latencyMode: "NORMAL" as const,
      authorized: true,
      insecureIngest: true,
      recordingConfigurationArn: recording.arn,
      tags: { project: "onair" },
    };
    const { arn } = await createChannel(given);
    expect((await ivs.send(new GetChannelCommand({ arn }))).channel).toMatchObject(given);
  });

  test("needs a recording configuration, restriction policy and ad configuration that exist", async () => {
    const { createChannel } = await startIvs();
    const arn = (type: string) => `arn:aws:ivs:eu-west-1:000000000000:${type}/NoSuchOne123`;
    for (const input of [
      { recordingConfigurationArn: arn("recording-configuration") },
      { playbackRestrictionPolicyArn: arn("playback-restriction-policy") },
      { adConfigurationArn: arn("ad-configuration") },
    ]) {
      expect(await refusalOf(createChannel(input))).toEqual({
        name: "ResourceNotFoundException",
        status: 404,
        message: `Resource: ${Object.values(input)[0]} not found`,
      });
    }
  });

  test("needs a recording configuration that is ACTIVE", async () => {
    const { createChannel, createRecording } = await startIvs({ settleMilliseconds: 60_000 });
    const { arn } = await createRecording();
    expect(await refusalOf(createChannel({ recordingConfigurationArn: arn }))).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(`${arn} must be ACTIVE, it is CREATING`),
    });
  });

  test("may not be one more than the quota", async () => {
    const { createChannel } = await startIvs({ quotas: { channels: 1 } });
    await createChannel();
    expect(await refusalOf(createChannel())).toEqual({
      name: "ServiceQuotaExceededException",
      status: 402,
      message: "Quota exceeded: at most 1 channels",
    });
  });
});

describe("the transcode preset", () => {
  test("belongs to the advanced types only, where it has a default", async () => {
    const { ivs, createChannel } = await startIvs();
    const { arn, preset } = await createChannel({ type: "ADVANCED_HD" });
    expect(preset).toBe("HIGHER_BANDWIDTH_DELIVERY");
    const changed = new UpdateChannelCommand({ arn, preset: "CONSTRAINED_BANDWIDTH_DELIVERY" });
    expect((await ivs.send(changed)).channel?.preset).toBe("CONSTRAINED_BANDWIDTH_DELIVERY");
    expect((await ivs.send(new UpdateChannelCommand({ arn, type: "BASIC" }))).channel?.preset).toBe("");
    expect(await refusalOf(createChannel({ preset: "HIGHER_BANDWIDTH_DELIVERY" }))).toMatchObject({
      name: "ValidationException",
      status: 400,
      message: expect.stringContaining("Only channel types ADVANCED_SD and ADVANCED_HD have a preset"),
    });
  });
});

describe("multitrack input", () => {
  const multitrack = { enabled: true, policy: "ALLOW", maximumResolution: "FULL_HD" } as const;

  test("is kept where type and container fit it", async () => {
    const { createChannel } = await startIvs();
    const input = { containerFormat: "FRAGMENTED_MP4", multitrackInputConfiguration: multitrack } as const;
    expect(await createChannel(input)).toMatchObject(input);
  });

  test.each([
    [{ type: "BASIC", containerFormat: "FRAGMENTED_MP4" }, multitrack, "only for channel type STANDARD"],
    [{ containerFormat: "TS" }, multitrack, "needs containerFormat FRAGMENTED_MP4"],
    [{ containerFormat: "FRAGMENTED_MP4" }, { enabled: true }, "needs policy and maximumResolution"],
  ] as const)("is refused with %j and %j", async (input, multitrackInputConfiguration, message) => {
    const { createChannel } = await startIvs();
    expect(await refusalOf(createChannel({ ...input, multitrackInputConfiguration }))).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message),
    });
  });
});

describe("updating a channel", () => {
  test("changes only what the request names", async () => {
    const { ivs, createChannel } = await startIvs();
    const { arn } = await createChannel({ name: "alice", authorized: true, latencyMode: "NORMAL" });
    const { channel } = await ivs.send(new UpdateChannelCommand({ arn, name: "bob" }));
    expect(channel).toMatchObject({ name: "bob", authorized: true, latencyMode: "NORMAL" });
    expect((await ivs.send(new UpdateChannelCommand({ arn }))).channel).toEqual(channel);
    const opened = await ivs.send(new UpdateChannelCommand({ arn, authorized: false }));
    expect(opened.channel?.authorized).toBe(false);
  });

  test("detaches a recording configuration by an empty ARN", async () => {
    const { ivs, createChannel, createRecording } = await startIvs();
    const recordingConfigurationArn = (await createRecording()).arn;
    const { arn } = await createChannel({ recordingConfigurationArn });
    const update = new UpdateChannelCommand({ arn, recordingConfigurationArn: "" });
    expect((await ivs.send(update)).channel?.recordingConfigurationArn).toBe("");
  });

  test("is refused for a channel that does not exist", async () => {
    const { ivs } = await startIvs();
    expect(await refusalOf(ivs.send(new UpdateChannelCommand({ arn: unknownArn })))).toMatchObject({ status: 404 });
  });
});

describe("deleting a channel", () => {
  test("deletes its stream key too and answers 204", async () => {
    const { ivs, createChannel } = await startIvs();
    const { arn, streamKeyArn } = await createChannel();
    const { $metadata } = await ivs.send(new DeleteChannelCommand({ arn }));
    expect($metadata.httpStatusCode).toBe(204);
    for (const call of [
      ivs.send(new GetChannelCommand({ arn })),
      ivs.send(new DeleteChannelCommand({ arn })),
      ivs.send(new GetStreamKeyCommand({ arn: streamKeyArn })),
      ivs.send(new ListStreamKeysCommand({ channelArn: arn })),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
    }
  });
});

describe("listing channels", () => {
  test("finds by name, recording configuration, restriction policy and ad configuration", async () => {
    const { ivs, createChannel, createRecording } = await startIvs();
    const recordingConfigurationArn = (await createRecording()).arn;
    const { playbackRestrictionPolicy } = await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
    const playbackRestrictionPolicyArn = playbackRestrictionPolicy?.arn ?? "";
    const ads = { playbackConfigurationArn: "arn:aws:mediatailor:eu-west-1:000000000000:playbackConfiguration/ads" };
    const { adConfiguration } = await ivs.send(
      new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations: [ads] }),
    );
    const adConfigurationArn = adConfiguration?.arn ?? "";
    const arns = {
      plain: (await createChannel({ name: "plain" })).arn,
      recorded: (await createChannel({ name: "recorded", recordingConfigurationArn })).arn,
      restricted: (await createChannel({ name: "restricted", playbackRestrictionPolicyArn })).arn,
      paid: (await createChannel({ name: "paid", adConfigurationArn })).arn,
    };
    const found = async (input: ListChannelsRequest) =>
      (await ivs.send(new ListChannelsCommand(input))).channels?.map(({ arn }) => arn);
    expect(await found({ filterByName: "plain" })).toEqual([arns.plain]);
    expect(await found({ filterByRecordingConfigurationArn: recordingConfigurationArn })).toEqual([arns.recorded]);
    expect(await found({ filterByPlaybackRestrictionPolicyArn: playbackRestrictionPolicyArn })).toEqual([
      arns.restricted,
    ]);
    expect(await found({ filterByAdConfigurationArn: adConfigurationArn })).toEqual([arns.paid]);
    expect(await found({ filterByName: "nobody" })).toEqual([]);
    expect(new Set(await found({ filterByName: "" }))).toEqual(new Set(Object.values(arns)));
  });

  test("refuses two filters at once", async () => {
    const { ivs } = await startIvs();
    const filterByRecordingConfigurationArn = "arn:aws:ivs:eu-west-1:000000000000:recording-configuration/AbCdEf123456";
    const call = ivs.send(new ListChannelsCommand({ filterByName: "alice", filterByRecordingConfigurationArn }));
    expect(await refusalOf(call)).toEqual({
      name: "ConflictException",
      status: 409,
      message: "Filters are mutually exclusive and cannot be used together",
    });
  });

  test("shows channels of the caller's account and region only", async () => {
    const { server, ivs, createChannel } = await startIvs();
    const { arn } = await createChannel();
    for (const elsewhere of [server.client({ region: "us-east-1" }), server.client({ accountId: "111122223333" })]) {
      const other = new IvsClient(elsewhere);
      expect((await other.send(new ListChannelsCommand({}))).channels).toEqual([]);
      expect(await refusalOf(other.send(new GetChannelCommand({ arn })))).toMatchObject({ status: 404 });
    }
    expect((await ivs.send(new ListChannelsCommand({}))).channels).toHaveLength(1);
  });
});

test("a batch answers what exists and lists what does not", async () => {
  const { ivs, createChannel } = await startIvs();
  const { arn } = await createChannel({ name: "alice" });
  const { channels, errors } = await ivs.send(new BatchGetChannelCommand({ arns: [unknownArn, arn] }));
  expect(channels).toMatchObject([{ arn, name: "alice" }]);
  expect(errors).toEqual([
    { arn: unknownArn, code: "ResourceNotFoundException", message: `Resource: ${unknownArn} not found` },
  ]);
});
