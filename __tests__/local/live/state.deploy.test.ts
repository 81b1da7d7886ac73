import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  GetStreamCommand,
  GetStreamSessionCommand,
  ListStreamSessionsCommand,
  ListStreamsCommand,
  paginateListStreams,
  StopStreamCommand,
} from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runPython } from "../../support/test-python.ts";
import { client } from "../fixture/own-cloud.ts";
import { type LiveCloud, type SentChannel, startLiveCloud } from "./fixture/live-cloud.ts";
import { watch } from "./fixture/viewer.ts";

let live: LiveCloud;
let channels: SentChannel[];

beforeAll(async () => {
  live = await startLiveCloud({ metricsMilliseconds: 500 });
  channels = await Promise.all(["main", "second", "third"].map((name) => live.channel(name)));
  await Promise.all(channels.map((channel) => channel.goLive()));
});
afterAll(() => live?.[Symbol.asyncDispose]());

const channel = (index: number): SentChannel => channels[index] as SentChannel;
const arns = () => channels.map(({ arn }) => arn).sort();
const session = async (channelArn: string) =>
  (await live.ivs.send(new GetStreamSessionCommand({ channelArn }))).streamSession;

describe("three live channels", () => {
  it("are read page by page, one a page, each once", async () => {
    const pages: string[][] = [];
    for await (const { streams = [] } of paginateListStreams({ client: live.ivs, pageSize: 1 }, {})) {
      pages.push(streams.map(({ channelArn = "" }) => channelArn));
    }
    expect(pages.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(pages.flat().sort()).toEqual(arns());
  });

  it("are found by their health", async () => {
    const list = async (health: "HEALTHY" | "STARVING") => {
      const { streams = [] } = await live.ivs.send(new ListStreamsCommand({ filterBy: { health } }));
      return streams.map(({ channelArn = "" }) => channelArn).sort();
    };
    expect(await list("HEALTHY")).toEqual(arns());
    expect(await list("STARVING")).toEqual([]);
  });

  it("are seen alike by boto3, which is refused to change them", async () => {
    const { arn, playbackUrl } = channel(0);
    const seen = JSON.parse(
      await runPython("__tests__/local/live/live-state.py", [arn], { ...live.cloud.environment }),
    );
    const { stream } = await live.ivs.send(new GetStreamCommand({ channelArn: arn }));
    expect(seen.pages.map((page: unknown[]) => page.length)).toEqual([1, 1, 1]);
    expect(seen.pages.flat().sort()).toEqual(arns());
    expect({ ...seen.stream, startTime: new Date(seen.stream.startTime) }).toEqual({ ...stream, playbackUrl });
    expect(seen).toMatchObject({
      session: stream?.streamId,
      sessions: [[stream?.streamId, false, false]],
      video: { codec: "avc1.4D400D", encoder: expect.stringMatching(/^Lavf/), videoWidth: 320, videoHeight: 180 },
      audio: { codec: "mp4a.40.2", channels: 2, sampleRate: 48_000 },
      events: ["Stream Start", "Session Created"],
      update: ["ConflictException", 409, `Unable to perform: ivs:UpdateChannel while resource: ${arn} is live`],
      delete: ["ConflictException", 409, `Unable to perform: ivs:DeleteChannel while resource: ${arn} is live`],
    });
  });
});

describe("a session", () => {
  it("says what the encoder sends, and what happened, while it lasts", async () => {
    const { arn } = channel(1);
    expect(await session(arn)).toMatchObject({
      channel: { arn, name: "second" },
      ingestConfiguration: {
        video: {
          avcProfile: "Main",
          codec: "avc1.4D400D",
          targetBitrate: expect.any(Number),
          targetFramerate: 30,
          videoWidth: 320,
          videoHeight: 180,
        },
        audio: { codec: "mp4a.40.2", channels: 2, sampleRate: 48_000, targetBitrate: expect.any(Number) },
      },
      truncatedEvents: [
        { name: "Stream Start", type: "IVS Stream State Change", eventTime: expect.any(Date) },
        { name: "Session Created", type: "IVS Stream State Change", eventTime: expect.any(Date) },
      ],
    });
    expect(await session(arn)).not.toHaveProperty("endTime");
  });

  it("is listed after it, newest first, with its end", async () => {
    const { arn, goLive } = channel(2);
    const first = await session(arn);
    await live.ivs.send(new StopStreamCommand({ channelArn: arn }));
    await vi.waitFor(async () => expect((await session(arn))?.endTime).toBeInstanceOf(Date), 5_000);
    expect((await session(arn))?.truncatedEvents?.map(({ name }) => name)).toEqual([
      ...["Stream End", "Session Ended", "Stream Start", "Session Created"],
    ]);
    await goLive();
    const { streamSessions = [] } = await live.ivs.send(new ListStreamSessionsCommand({ channelArn: arn }));
    const second = await session(arn);
    expect(streamSessions.map(({ streamId, endTime }) => [streamId, endTime !== undefined])).toEqual([
      [second?.streamId, false],
      [first?.streamId, true],
    ]);
    const { streamSession } = await live.ivs.send(
      new GetStreamSessionCommand({ channelArn: arn, streamId: first?.streamId }),
    );
    expect(streamSession).toMatchObject({ streamId: first?.streamId, endTime: expect.any(Date) });
  });
});

it("the metrics of a stream are read from CloudWatch", async () => {
  const { arn, playbackUrl } = channel(0);
  await (await watch(playbackUrl)).playlist();
  const cloudwatch = new CloudWatchClient(client(live.cloud, live.root));
  const dimensions = [{ Name: "Channel", Value: arn.split("/")[1] }];
  const query = (MetricName: string, Dimensions = dimensions) => ({
    Id: `${MetricName.toLowerCase()}${Dimensions.length}`,
    MetricStat: { Metric: { Namespace: "AWS/IVS", MetricName, Dimensions }, Period: 60, Stat: "Maximum" },
  });
  const names = ["IngestVideoBitrate", "IngestAudioBitrate", "IngestFramerate", "KeyframeInterval", "ConcurrentViews"];
  const read = async () => {
    const { MetricDataResults = [] } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 600_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: [...names.map((name) => query(name)), query("ConcurrentViews", [])],
      }),
    );
    return MetricDataResults.map(({ Values = [] }) => Math.max(...Values));
  };
  await vi.waitFor(
    async () => {
      const [video = 0, audio = 0, frames = 0, keyframes = 0, views = 0, allViews = 0] = await read();
      expect(video).toBeGreaterThan(20_000);
      expect(audio).toBeGreaterThan(20_000);
      expect(frames).toBeGreaterThan(20);
      expect(keyframes).toBeCloseTo(2, 1);
      expect([views, allViews]).toEqual([1, 1]);
    },
    { timeout: 10_000, interval: 300 },
  );
  cloudwatch.destroy();
});
