import {
  DeleteChannelCommand,
  DeleteStreamKeyCommand,
  GetStreamCommand,
  GetStreamSessionCommand,
  ListStreamSessionsCommand,
  ListStreamsCommand,
  PutMetadataCommand,
  StopStreamCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-ivs";
import { describe, expect, test } from "vitest";
import { createLiveEngine } from "#local/ivs/live/live-engine.ts";
import { ivsRates } from "#local/ivs/rates.ts";
import { configurations, LARGER_VIDEO, pictures } from "../../media/fixture/units.ts";
import { refusalOf } from "../fixture.ts";
import { startStudio } from "./fixture.ts";

describe("an encoder", () => {
  test("makes its channel live with the first whole segment", async () => {
    const { ivs, createChannel, connect, keyOf, told } = await startStudio();
    const { arn: channelArn } = await createChannel({ name: "stage" });
    const encoder = await connect(keyOf(channelArn));
    expect(told()).toEqual(["Session Created"]);
    encoder.send(1);
    expect(await refusalOf(ivs.send(new GetStreamCommand({ channelArn })))).toMatchObject({
      name: "ChannelNotBroadcasting",
    });
    encoder.send(3);
    expect(told()).toEqual(["Session Created", "Stream Start"]);
    const { stream } = await ivs.send(new GetStreamCommand({ channelArn }));
    expect(stream).toMatchObject({ channelArn, state: "LIVE", health: "HEALTHY", viewerCount: 0 });
    expect(stream?.streamId).toMatch(/^st-[A-Za-z0-9]{23}$/);
  });

  test("with a key that no channel has is refused", async () => {
    const { connect } = await startStudio();
    expect((await connect("sk_us-west-2_nobodys")).refused).toBe(
      "no channel has it; it was mistyped, or deleted when the channel's key was reset",
    );
  });

  test("with a key that was deleted is refused, and the stream that is on air goes on", async () => {
    const { ivs, broadcast, connect, keyOf } = await startStudio();
    const { channel, encoder } = await broadcast();
    const key = keyOf(channel.arn);
    await ivs.send(new DeleteStreamKeyCommand({ arn: channel.streamKeyArn }));
    expect(encoder.told).toBeUndefined();
    expect((await connect(key)).refused).toMatch(/^no channel has it/);
  });

  test("that comes without TLS is refused where the channel's insecureIngest is false", async () => {
    const { createChannel, connect, keyOf } = await startStudio({ insecureIngest: "where-allowed" });
    const closed = await createChannel({ name: "closed" });
    const open = await createChannel({ name: "open", insecureIngest: true });
    expect((await connect(keyOf(closed.arn), { secure: false })).refused).toBe(
      "channel closed takes RTMPS only, since its insecureIngest is false",
    );
    expect((await connect(keyOf(open.arn), { secure: false })).refused).toBeUndefined();
    expect((await connect(keyOf(closed.arn))).refused).toBeUndefined();
  });

  test("is refused where the account has as many live channels as it may", async () => {
    const { broadcast, createChannel, connect, keyOf, events } = await startStudio({
      quotas: { concurrentBroadcasts: 1 },
    });
    await broadcast();
    const other = await createChannel();
    expect((await connect(keyOf(other.arn))).refused).toBe(
      "1 channels of the account are live already, which is its quota",
    );
    expect(events.at(-1)).toMatchObject({
      detailType: "IVS Limit Breach",
      resources: [],
      detail: { limit_name: "Concurrent Broadcasts", limit_value: 1, exceeded_by: 1, limit_unit: "count" },
    });
    expect(events.at(-1)?.detail).not.toHaveProperty("channel_name");
  });
});

describe("the end of a stream", () => {
  test("is told by two events, and its channel is offline", async () => {
    const { ivs, broadcast, told } = await startStudio();
    const { channel, encoder } = await broadcast();
    encoder.end();
    expect(told()).toEqual(["Session Created", "Stream Start", "Session Ended", "Stream End"]);
    expect((await ivs.send(new ListStreamsCommand({}))).streams).toEqual([]);
    expect(await refusalOf(ivs.send(new GetStreamCommand({ channelArn: channel.arn })))).toMatchObject({
      name: "ChannelNotBroadcasting",
    });
  });

  test("by StopStream disconnects the encoder", async () => {
    const { ivs, broadcast, told } = await startStudio();
    const { channel, encoder } = await broadcast();
    await ivs.send(new StopStreamCommand({ channelArn: channel.arn }));
    expect(encoder.told).toBe("the stream was stopped by StopStream");
    expect(told().slice(-2)).toEqual(["Session Ended", "Stream End"]);
  });

  test("for bytes that are no H.264 and AAC is a failure with its reason, and never was live", async () => {
    const { createChannel, connect, keyOf, events, told } = await startStudio();
    const { arn } = await createChannel({ name: "stage" });
    const encoder = await connect(keyOf(arn));
    encoder.end("INGEST_CODEC", "video codec HEVC is not H.264");
    expect(told()).toEqual(["Session Created", "Stream Failure", "Session Ended"]);
    expect(events[1]?.detail).toMatchObject({
      event_name: "Stream Failure",
      reason: "video codec HEVC is not H.264",
      channel_name: "stage",
    });
  });

  test("that nobody wanted keeps its viewers until the encoder is back, with another stream id", async () => {
    const { ivs, broadcast, connect, keyOf, origin, told } = await startStudio();
    const { channel, encoder } = await broadcast();
    const { stream: before } = await ivs.send(new GetStreamCommand({ channelArn: channel.arn }));
    encoder.end("INGEST_LOST", "the connection is gone");
    const again = await connect(keyOf(channel.arn));
    again.send(5);
    const { stream: after } = await ivs.send(new GetStreamCommand({ channelArn: channel.arn }));
    expect(after?.streamId).not.toBe(before?.streamId);
    expect(told()).toEqual([
      ...["Session Created", "Stream Start", "Session Ended", "Stream End"],
      ...["Session Created", "Stream Start"],
    ]);
    expect(origin.viewers(channel.arn)).toBe(0);
  });

  test("that nobody wanted is waited for again, where the encoder was back for a moment only", async () => {
    const { broadcast, connect, keyOf, createRecording, recordings } = await startStudio();
    const { arn: recordingConfigurationArn } = await createRecording();
    const { channel, encoder } = await broadcast({ recordingConfigurationArn });
    encoder.end("INGEST_LOST", "the connection is gone");
    const attempt = await connect(keyOf(channel.arn));
    attempt.send(0, configurations);
    attempt.end("INGEST_LOST", "the connection is gone");
    const again = await connect(keyOf(channel.arn));
    again.send(5);
    // Those who watch see a discontinuity, and not the end of one playlist and the begin of another.
    expect(recordings[2]?.segments[0]?.discontinuity).toBe(true);
  });

  test("by the deletion of its channel, before it was live, disconnects the encoder", async () => {
    const { ivs, createChannel, connect, keyOf, events, told } = await startStudio();
    const { arn } = await createChannel({ name: "stage" });
    const encoder = await connect(keyOf(arn));
    encoder.send(0, configurations);
    await ivs.send(new DeleteChannelCommand({ arn }));
    expect(encoder.told).toBe("the channel was deleted");
    encoder.send(5);
    expect((await ivs.send(new ListStreamsCommand({}))).streams).toEqual([]);
    expect(told()).toEqual(["Session Created", "Session Ended"]);
    expect(events[1]?.detail).toMatchObject({ channel_name: "stage" });
  });
});

describe("a second encoder on a channel", () => {
  test("without a priority is refused, and nothing is told", async () => {
    const { broadcast, connect, keyOf, told } = await startStudio();
    const { channel } = await broadcast();
    expect((await connect(keyOf(channel.arn))).refused).toBe(
      "this channel is live already; end that stream, or take it over with ?priority=1 behind the key",
    );
    expect(told()).toEqual(["Session Created", "Stream Start"]);
  });

  test("with a higher priority takes the stream over, which stays the same stream", async () => {
    const { ivs, broadcast, connect, keyOf, told } = await startStudio();
    const { channel, encoder } = await broadcast();
    const { stream } = await ivs.send(new GetStreamCommand({ channelArn: channel.arn }));
    const other = await connect(keyOf(channel.arn), { query: "priority=2" });
    expect(encoder.told).toBeUndefined();
    other.send(5);
    expect(encoder.told).toBe("another encoder has taken the stream over");
    expect(told()).toEqual(["Session Created", "Stream Start", "Stream Takeover"]);
    const after = await ivs.send(new GetStreamCommand({ channelArn: channel.arn }));
    expect(after.stream?.streamId).toBe(stream?.streamId);
    other.end();
    expect(told().slice(-2)).toEqual(["Session Ended", "Stream End"]);
  });

  test.each(["priority=2", "priority=1", "priority=0", "priority=2147483648", "priority=x"])(
    "cannot take over by %s from a stream with priority 2",
    async (query) => {
      const { createChannel, connect, keyOf, events } = await startStudio();
      const { arn } = await createChannel();
      const first = await connect(keyOf(arn), { query: "priority=2" });
      first.send(5);
      const second = await connect(keyOf(arn), { query });
      expect(second.refused).toBe(
        `the stream on air has priority 2; a higher one, up to 2147483647, takes it over; got ${query.slice(9)}`,
      );
      expect(events.at(-1)?.detail).toMatchObject({
        event_name: "Stream Takeover Failure",
        code: "StreamTakeoverInvalidPriority",
      });
      expect(first.told).toBeUndefined();
    },
  );

  test("cannot take over from one that was quicker and has a higher priority", async () => {
    const { broadcast, connect, keyOf, events } = await startStudio();
    const { channel } = await broadcast();
    const slower = await connect(keyOf(channel.arn), { query: "priority=2" });
    const quicker = await connect(keyOf(channel.arn), { query: "priority=3" });
    quicker.send(5);
    expect(() => slower.send(5)).toThrow(
      "the stream on air has priority 3; a higher one, up to 2147483647, takes it over; got 2",
    );
    expect(events.at(-1)?.detail).toMatchObject({
      event_name: "Stream Takeover Failure",
      code: "StreamTakeoverInvalidPriority",
    });
    expect(quicker.told).toBeUndefined();
  });

  test("cannot take over with a picture of another size", async () => {
    const { broadcast, connect, keyOf, events } = await startStudio();
    const { channel, encoder } = await broadcast();
    const other = await connect(keyOf(channel.arn), { query: "priority=2" });
    const larger = { kind: "video-configuration", configuration: LARGER_VIDEO } as const;
    expect(() => other.send(0, [larger])).toThrow("a stream of 320x180 is on air; one of 640x360 cannot take it over");
    expect(events.at(-1)?.detail).toMatchObject({
      event_name: "Stream Takeover Failure",
      code: "StreamTakeoverMediaMismatch",
    });
    expect(encoder.told).toBeUndefined();
  });
});

describe("a session", () => {
  test("holds the channel, what the encoder sends, and its events, the newest first", async () => {
    const { ivs, broadcast } = await startStudio();
    const { channel, encoder } = await broadcast({ name: "stage" });
    encoder.end();
    const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn: channel.arn }));
    expect(streamSession).toMatchObject({
      channel: { arn: channel.arn, name: "stage", ingestEndpoint: "127.0.0.1" },
      ingestConfiguration: {
        video: { avcProfile: "Main", codec: "avc1.4D400D", videoWidth: 320, videoHeight: 180 },
        audio: { codec: "mp4a.40.2", sampleRate: 48_000, channels: 2 },
      },
    });
    expect(streamSession?.truncatedEvents?.map(({ name }) => name)).toEqual([
      ...["Stream End", "Session Ended", "Stream Start", "Session Created"],
    ]);
    expect(streamSession?.endTime).toBeDefined();
  });

  test("is listed after it, with whether something went wrong", async () => {
    const { ivs, broadcast, connect, keyOf } = await startStudio();
    const { channel, encoder } = await broadcast();
    encoder.end();
    const bad = await connect(keyOf(channel.arn));
    bad.end("INGEST_MEDIA", "a tag that cannot be read");
    const { streamSessions } = await ivs.send(new ListStreamSessionsCommand({ channelArn: channel.arn }));
    expect(streamSessions?.map(({ hasErrorEvent }) => hasErrorEvent)).toEqual([true, false]);
  });

  test("that a killed cloud left open is ended at the next start, and told", async () => {
    const { service, broadcast, told, ivs, engine, clock } = await startStudio();
    const { channel } = await broadcast({ name: "stage" });
    const events: unknown[] = [];
    const next = createLiveEngine({
      ...{ state: () => service.state, now: clock.now, insecureIngest: "everywhere" },
      ...{ emit: (event) => events.push(event.detail), recorder: { start: () => expect.fail() } },
      origin: { start: () => expect.fail(), viewers: () => 0 },
      ...{ ingestEndpoint: () => "", playbackUrl: () => "" },
    });
    next.recover();
    expect(events).toMatchObject([
      { event_name: "Session Ended", channel_name: "stage" },
      { event_name: "Stream End", channel_name: "stage" },
    ]);
    const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn: channel.arn }));
    expect(streamSession?.endTime).toBeDefined();
    next.recover();
    expect(events).toHaveLength(2);
    expect([told().length, engine.measure().length]).toEqual([2, 1]);
  });

  test("that a killed cloud left open before it was live is ended without the end of a stream", async () => {
    const { service, createChannel, connect, keyOf, clock } = await startStudio();
    const { arn } = await createChannel();
    await connect(keyOf(arn));
    const names: unknown[] = [];
    const next = createLiveEngine({
      ...{ state: () => service.state, now: clock.now, insecureIngest: "everywhere" },
      ...{ emit: ({ detail }) => names.push(detail.event_name), recorder: { start: () => expect.fail() } },
      origin: { start: () => expect.fail(), viewers: () => 0 },
      ...{ ingestEndpoint: () => "", playbackUrl: () => "" },
    });
    next.recover();
    expect(names).toEqual(["Session Ended"]);
  });

  test("keeps the 500 newest events", async () => {
    const { ivs, broadcast, connect, keyOf } = await startStudio();
    const { channel } = await broadcast();
    for (let attempt = 0; attempt < 510; attempt += 1) await connect(keyOf(channel.arn), { query: "priority=0" });
    const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn: channel.arn }));
    expect(streamSession?.truncatedEvents).toHaveLength(500);
    expect(streamSession?.truncatedEvents?.[0]?.code).toBe("StreamTakeoverInvalidPriority");
  });
});

describe("while a channel is live", () => {
  test("it can be neither changed nor deleted", async () => {
    const { ivs, broadcast } = await startStudio();
    const { channel, encoder } = await broadcast();
    const refusal = (operation: string) => ({
      name: "ConflictException",
      status: 409,
      message: `Unable to perform: ivs:${operation} while resource: ${channel.arn} is live`,
    });
    expect(await refusalOf(ivs.send(new UpdateChannelCommand({ arn: channel.arn, name: "other" })))).toEqual(
      refusal("UpdateChannel"),
    );
    expect(await refusalOf(ivs.send(new DeleteChannelCommand({ arn: channel.arn })))).toEqual(refusal("DeleteChannel"));
    encoder.end();
    await ivs.send(new DeleteChannelCommand({ arn: channel.arn }));
  });

  test("silence makes it starve until pictures come again", async () => {
    const { ivs, broadcast, clock, engine, told } = await startStudio();
    const { encoder } = await broadcast();
    engine.look();
    clock.advance(6000);
    engine.look();
    const starving = await ivs.send(new ListStreamsCommand({ filterBy: { health: "STARVING" } }));
    expect(starving.streams).toHaveLength(1);
    encoder.send(1);
    engine.look();
    engine.look();
    expect(told().slice(2)).toEqual(["Starvation Start", "Starvation End"]);
    expect((await ivs.send(new ListStreamsCommand({ filterBy: { health: "HEALTHY" } }))).streams).toHaveLength(1);
  });

  test("more bits than its type takes are told once, with the amount", async () => {
    const { broadcast, engine, events } = await startStudio();
    const { encoder } = await broadcast({ type: "BASIC", name: "small" });
    const heavy = pictures({ from: 5000, seconds: 6 }).map((unit) =>
      unit.kind === "video" ? { ...unit, nalUnits: [Buffer.alloc(40_000, unit.keyframe ? 0x65 : 0x41)] } : unit,
    );
    // One second after the other, as they would arrive.
    for (let second = 0; second < 6; second += 1) encoder.send(1, heavy.slice(second * 50, second * 50 + 50));
    engine.look();
    engine.look();
    const breaches = events.filter(({ detailType }) => detailType === "IVS Limit Breach");
    expect(breaches).toHaveLength(1);
    expect(breaches[0]?.detail).toMatchObject({
      ...{ limit_name: "Ingest Bitrate", limit_value: 3_500_000, limit_unit: "bits/second", channel_name: "small" },
      exceeded_by: expect.any(Number),
    });
  });

  test("it is recorded where it has a recording configuration, segment by segment", async () => {
    const { broadcast, createRecording, recordings } = await startStudio();
    const { arn: recordingConfigurationArn } = await createRecording();
    const { encoder } = await broadcast({ name: "stage", recordingConfigurationArn });
    await broadcast({ name: "unrecorded" });
    encoder.send(4);
    encoder.end();
    expect(recordings.map(({ channelName, ended }) => [channelName, ended])).toEqual([["stage", true]]);
    const seconds = recordings[0]?.segments
      .flatMap(({ parts }) => parts)
      .reduce((sum, { duration }) => sum + duration, 0);
    expect(seconds).toBeGreaterThan(8);
  });

  test("timed metadata is taken five times a second, and refused the sixth", async () => {
    const { ivs, broadcast } = await startStudio({ rates: { PutMetadata: ivsRates.PutMetadata } });
    const { channel } = await broadcast();
    const put = () => ivs.send(new PutMetadataCommand({ channelArn: channel.arn, metadata: "quiz" }));
    for (let time = 0; time < 5; time += 1) await put();
    expect(await refusalOf(put())).toMatchObject({ name: "ThrottlingException", status: 429 });
  });

  test("its numbers are measured for metrics", async () => {
    const { broadcast, engine } = await startStudio();
    const { channel } = await broadcast();
    expect(engine.measure()).toMatchObject([
      { channelArn: channel.arn, viewers: 0, measured: { keyframeIntervalSeconds: 2 } },
    ]);
  });
});

test("configurations alone make no channel live", async () => {
  const { createChannel, connect, keyOf, told } = await startStudio();
  const { arn } = await createChannel();
  const encoder = await connect(keyOf(arn));
  encoder.send(1, configurations);
  encoder.end();
  expect(told()).toEqual(["Session Created", "Session Ended"]);
});
