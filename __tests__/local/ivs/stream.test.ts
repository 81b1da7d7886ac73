import {
  CreateAdConfigurationCommand,
  DeleteChannelCommand,
  GetStreamCommand,
  GetStreamSessionCommand,
  InsertAdBreakCommand,
  ListStreamSessionsCommand,
  ListStreamsCommand,
  PutMetadataCommand,
  StopStreamCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-ivs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { LiveStream, LiveStreams, StreamSession } from "#local/ivs/live-streams.ts";
import { ServiceError } from "#local/service-model/error.ts";
import { refusalOf, startIvs } from "./fixture.ts";

/** An engine whose channels are live because the test says so. */
const studio = () => {
  const live = new Map<string, LiveStream>();
  const sessions: StreamSession[] = [];
  const metadata: [string, string][] = [];
  const breaks: [string, string, number][] = [];
  const engine: LiveStreams = {
    find: (arn) => live.get(arn),
    list: () => [...live.values()],
    sessions: () => sessions,
    stop: async (arn) => void live.delete(arn),
    forget: async () => undefined,
    putMetadata: async (...sent) => void metadata.push(sent),
    insertAdBreak: async (...sent) => void breaks.push(sent),
  };
  const goLive = (channelArn: string, changes: Partial<LiveStream> = {}) => {
    const startTime = "2026-01-02T03:04:05.000Z";
    const streamId = "st-1A2b3C4d5E6f7G8h9I0jKlm";
    live.set(channelArn, { channelArn, streamId, startTime, health: "HEALTHY", viewerCount: 3, ...changes });
  };
  return { engine, goLive, sessions, metadata, breaks };
};

const unknownArn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";

describe("on an offline channel", () => {
  test("reading, stopping, timed metadata and ad breaks answer ChannelNotBroadcasting", async () => {
    const { ivs, createChannel } = await startIvs();
    const { arn: channelArn } = await createChannel();
    for (const call of [
      ivs.send(new GetStreamCommand({ channelArn })),
      ivs.send(new StopStreamCommand({ channelArn })),
      ivs.send(new PutMetadataCommand({ channelArn, metadata: "quiz" })),
      ivs.send(new InsertAdBreakCommand({ channelArn, durationSeconds: 30 })),
    ]) {
      expect(await refusalOf(call)).toEqual({
        name: "ChannelNotBroadcasting",
        status: 404,
        message: `Channel: ${channelArn} not broadcasting`,
      });
    }
  });

  test("there are no streams and no sessions", async () => {
    const { ivs, createChannel } = await startIvs();
    const { arn: channelArn } = await createChannel();
    expect((await ivs.send(new ListStreamsCommand({}))).streams).toEqual([]);
    expect((await ivs.send(new ListStreamSessionsCommand({ channelArn }))).streamSessions).toEqual([]);
    expect(await refusalOf(ivs.send(new GetStreamSessionCommand({ channelArn })))).toMatchObject({
      name: "ResourceNotFoundException",
      status: 404,
    });
  });
});

test("a channel that does not exist is not found, rather than offline", async () => {
  const { ivs } = await startIvs();
  for (const call of [
    ivs.send(new GetStreamCommand({ channelArn: unknownArn })),
    ivs.send(new ListStreamSessionsCommand({ channelArn: unknownArn })),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
  }
});

describe("on a live channel", () => {
  const startLive = async (input = {}) => {
    const { engine, ...rest } = studio();
    const started = await startIvs({ liveStreams: engine });
    const channel = await started.createChannel(input);
    rest.goLive(channel.arn);
    return { ...started, ...rest, channel, channelArn: channel.arn };
  };

  test("the stream is shown with its playback address", async () => {
    const { ivs, channel, channelArn } = await startLive();
    const shown = { channelArn, state: "LIVE", health: "HEALTHY", viewerCount: 3, streamId: expect.any(String) };
    const startTime = new Date("2026-01-02T03:04:05Z");
    const { stream } = await ivs.send(new GetStreamCommand({ channelArn }));
    expect(stream).toEqual({ ...shown, startTime, playbackUrl: channel.playbackUrl });
    const { streams } = await ivs.send(new ListStreamsCommand({ filterBy: { health: "HEALTHY" } }));
    expect(streams).toEqual([{ ...shown, startTime }]);
    expect((await ivs.send(new ListStreamsCommand({ filterBy: { health: "STARVING" } }))).streams).toEqual([]);
  });

  test("the channel can be neither changed nor deleted", async () => {
    const { ivs, channelArn: arn } = await startLive();
    const updating = ivs.send(new UpdateChannelCommand({ arn, name: "bob" }));
    expect(await refusalOf(updating)).toEqual({
      name: "ConflictException",
      status: 409,
      message: `Unable to perform: ivs:UpdateChannel while resource: ${arn} is live`,
    });
    const deleting = ivs.send(new DeleteChannelCommand({ arn }));
    expect(await refusalOf(deleting)).toMatchObject({ name: "ConflictException", status: 409 });
  });

  test("stopping makes it offline", async () => {
    const { ivs, channelArn } = await startLive();
    expect((await ivs.send(new StopStreamCommand({ channelArn }))).$metadata.httpStatusCode).toBe(200);
    expect(await refusalOf(ivs.send(new GetStreamCommand({ channelArn })))).toMatchObject({ status: 404 });
  });

  test("timed metadata of 1 KB passes and one byte more is refused", async () => {
    const { ivs, channelArn, metadata } = await startLive();
    const send = (text: string) => ivs.send(new PutMetadataCommand({ channelArn, metadata: text }));
    expect((await send("é".repeat(512))).$metadata.httpStatusCode).toBe(204);
    expect(metadata).toEqual([[channelArn, "é".repeat(512)]]);
    expect(await refusalOf(send(`${"é".repeat(512)}a`))).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("Value at 'metadata' failed to satisfy constraint: Member must be at most 1 KB"),
    });
  });

  test("an ad break needs an ad configuration", async () => {
    const { ivs, channelArn, breaks, goLive, createChannel } = await startLive();
    const insert = (arn: string) => ivs.send(new InsertAdBreakCommand({ channelArn: arn, durationSeconds: 30 }));
    expect(await refusalOf(insert(channelArn))).toMatchObject({ name: "ConflictException", status: 409 });
    const playbackConfigurationArn = "arn:aws:mediatailor:eu-west-1:000000000000:playbackConfiguration/ads";
    const command = new CreateAdConfigurationCommand({
      mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }],
    });
    const { adConfiguration } = await ivs.send(command);
    const paid = await createChannel({ adConfigurationArn: adConfiguration?.arn });
    goLive(paid.arn);
    const { adBreakId } = await insert(paid.arn);
    expect(adBreakId).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(breaks).toEqual([[paid.arn, adBreakId, 30]]);
  });

  test("sessions are listed newest first, and read by stream id or as the newest", async () => {
    const { ivs, channelArn, sessions } = await startLive();
    const session = (letter: string, day: number): StreamSession => ({
      streamId: `st-${letter.repeat(23)}`,
      startTime: `2026-01-0${day}T00:00:00.000Z`,
      endTime: `2026-01-0${day}T01:00:00.000Z`,
      hasErrorEvent: false,
      truncatedEvents: [],
    });
    sessions.push(session("a", 1), session("c", 3), session("b", 2));
    const ids: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ivs.send(new ListStreamSessionsCommand({ channelArn, maxResults: 1, nextToken }));
      ids.push(page.streamSessions?.[0]?.streamId);
      nextToken = page.nextToken;
    } while (nextToken);
    expect(ids).toEqual([`st-${"c".repeat(23)}`, `st-${"b".repeat(23)}`, `st-${"a".repeat(23)}`]);
    const newest = await ivs.send(new GetStreamSessionCommand({ channelArn }));
    expect(newest.streamSession?.streamId).toBe(`st-${"c".repeat(23)}`);
    const oldest = await ivs.send(new GetStreamSessionCommand({ channelArn, streamId: `st-${"a".repeat(23)}` }));
    expect(oldest.streamSession?.startTime).toEqual(new Date("2026-01-01T00:00:00Z"));
  });
});

describe("an engine that refuses or fails", () => {
  const startWith = async (stop: () => Promise<void>) => {
    const { engine, goLive } = studio();
    const { ivs, createChannel } = await startIvs({ liveStreams: { ...engine, stop } });
    const { arn: channelArn } = await createChannel();
    goLive(channelArn);
    return refusalOf(ivs.send(new StopStreamCommand({ channelArn })));
  };

  test("may name an error of the model", async () => {
    const refuse = () => Promise.reject(new ServiceError("StreamUnavailable", "The stream cannot be stopped now"));
    expect(await startWith(refuse)).toEqual({
      name: "StreamUnavailable",
      status: 503,
      message: "The stream cannot be stopped now",
    });
  });

  test("otherwise is a 500 that says which request and nothing of the cause", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    onTestFinished(() => log.mockRestore());
    const cause = new Error("the socket is gone");
    const { name, status, message } = await startWith(() => Promise.reject(cause));
    expect([name, status]).toEqual(["InternalServerException", 500]);
    expect(message).toBe("Request 00000000-0000-4000-8000-000000000000 failed unexpectedly");
    expect(log).toHaveBeenCalledExactlyOnceWith(cause);
  });
});
