import { describe, expect, it } from "vitest";
import { BUCKET, CHANNEL, configuration, FORMAT, pass, START, segment, startRecorder, stopTimers } from "./fixture.ts";

stopTimers();

/** Records so many segments of two seconds, one after the other, and waits until all is put. */
const send = async (stream: ReturnType<ReturnType<typeof startRecorder>["recorder"]["start"]>, count: number) => {
  for (let index = 0; index < count; index += 1) {
    stream.segment(segment({ fill: index }), FORMAT);
    await pass(2_000);
  }
};

describe("a stream", () => {
  it("lies under account, channel and the minute of its start, in files of ten seconds", async () => {
    const { recorder, objects, paths, find } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    await send(stream, 7);
    stream.end();
    await pass();
    const [first = ""] = objects.keys();
    expect(first).toMatch(
      /^ivs\/v1\/111122223333\/AbCdEf123456\/2026\/1\/2\/3\/4\/[A-Za-z0-9]{12}\/media\/hls\/180p30\/0\.ts$/,
    );
    expect(paths().sort()).toEqual([
      "events/recording-ended.json",
      "events/recording-started.json",
      "media/hls/180p30/0.ts",
      "media/hls/180p30/1.ts",
      "media/hls/180p30/2.ts",
      "media/hls/180p30/byte-range-variant.m3u8",
      "media/hls/180p30/playlist.m3u8",
      "media/hls/byte-range-multivariant.m3u8",
      "media/hls/master.m3u8",
    ]);
    const firstBytes = (path: string) => {
      const { body = Buffer.alloc(0) } = find(path) ?? {};
      return [...body].filter((_, index) => index % 2_000 === 0);
    };
    expect(firstBytes("media/hls/180p30/0.ts")).toEqual([0]);
    expect(firstBytes("media/hls/180p30/1.ts")).toEqual([1, 2, 3, 4, 5]);
    expect(firstBytes("media/hls/180p30/2.ts")).toEqual([6]);
  });

  it("is put with the type of each object", async () => {
    const { recorder, objects } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    await send(stream, 1);
    const types = new Set(
      [...objects.values()].map(({ key, contentType }) => `${key.split(".").at(-1)} ${contentType}`),
    );
    expect(types).toEqual(new Set(["ts video/mp2t", "json application/json", "m3u8 application/vnd.apple.mpegurl"]));
    expect([...objects.values()].every(({ bucketName }) => bucketName === BUCKET)).toBe(true);
  });

  it("is told to begin once its first segment and its metadata stand in the bucket", async () => {
    const { recorder, events, paths, rows } = startRecorder({
      emit: (event) => {
        events.push(event);
        expect(paths()).toEqual(["media/hls/180p30/0.ts", "events/recording-started.json"]);
      },
    });
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    await pass(60_000);
    expect(events).toEqual([]);
    stream.segment(segment(), FORMAT);
    await pass();
    const [row] = rows();
    expect(events).toEqual([
      {
        ...{ accountId: "111122223333", region: "us-west-2", time: START + 60_000 },
        detailType: "IVS Recording State Change",
        resources: ["arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456"],
        detail: {
          channel_name: "alice",
          stream_id: "st-1",
          recording_status: "Recording Start",
          recording_status_reason: "",
          recording_s3_bucket_name: BUCKET,
          recording_s3_key_prefix: row?.prefix,
          recording_duration_ms: 0,
          recording_session_id: row?.sessionId,
          recording_session_stream_ids: ["st-1"],
        },
      },
    ]);
    expect(row?.prefix.endsWith("/")).toBe(false);
  });

  it("ends at once where there is no reconnect window, with its length, its playlists closed and nothing left open", async () => {
    const { recorder, events, statuses, text, json, rows } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    await send(stream, 3);
    expect(text("media/hls/180p30/playlist.m3u8")).not.toContain("#EXT-X-ENDLIST");
    stream.end();
    await pass();
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
    expect(events[1]).toMatchObject({ time: START + 6_000, detail: { recording_duration_ms: 6_000 } });
    expect(text("media/hls/180p30/playlist.m3u8")).toContain("#EXT-X-ENDLIST");
    expect(text("media/hls/180p30/byte-range-variant.m3u8")).toContain("#EXT-X-ENDLIST");
    expect(json("events/recording-ended.json")).toMatchObject({
      recording_started_at: "2026-01-02T03:04:05Z",
      recording_ended_at: "2026-01-02T03:04:11Z",
      media: { hls: { duration_ms: 6_000 } },
    });
    expect(rows()).toEqual([]);
  });

  it("leaves nothing where no segment came", async () => {
    const { recorder, events, objects } = startRecorder();
    recorder.start(CHANNEL, configuration(), "st-1").end();
    await pass(1_000);
    expect([events, objects.size]).toEqual([[], 0]);
  });

  it("has a discontinuity where its encoder came back, in a file of its own", async () => {
    const { recorder, text, find } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    // The first one breaks with what was live before, which is not recorded.
    for (const discontinuity of [true, false, true, false]) stream.segment(segment({ discontinuity }), FORMAT);
    stream.end();
    await pass();
    const lines = text("media/hls/180p30/playlist.m3u8").split("\n");
    expect(lines.filter((line) => line === "#EXT-X-DISCONTINUITY" || line.endsWith(".ts"))).toEqual([
      "0.ts",
      "1.ts",
      "#EXT-X-DISCONTINUITY",
      "2.ts",
    ]);
    expect(find("media/hls/180p30/2.ts")?.body).toHaveLength(4_000);
  });

  it("has a byte range for each keyframe, though its segments are longer", async () => {
    const { recorder, text } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    stream.segment(segment({ keyframeEachSecond: true }), FORMAT);
    await pass();
    const ranges = text("media/hls/180p30/byte-range-variant.m3u8").match(/BYTERANGE.*/g);
    expect(ranges).toEqual(["BYTERANGE:1000@0", "BYTERANGE:1000@1000"]);
  });

  it("has its playlists put ever more rarely, and the multivariant ones first and last only", async () => {
    const { recorder, puts } = startRecorder();
    const stream = recorder.start(CHANNEL, configuration(), "st-1");
    const count = (name: string) => puts.filter((key) => key.endsWith(`/${name}`)).length;
    await send(stream, 1 + 5 * 5 + 1);
    expect([count("playlist.m3u8"), count("master.m3u8")]).toEqual([6, 1]);
    await send(stream, 5 * 5);
    expect([count("playlist.m3u8"), count("10.ts")]).toEqual([6, 1]);
    await send(stream, 5);
    expect(count("playlist.m3u8")).toBe(7);
    stream.end();
    await pass();
    expect([count("playlist.m3u8"), count("master.m3u8")]).toEqual([8, 2]);
  });

  it("is recorded beside others, each in its own place", async () => {
    const { recorder, statuses, objects } = startRecorder();
    const other = { ...CHANNEL, id: "ZyXwVu123456", arn: CHANNEL.arn.replace("AbCdEf", "ZyXwVu"), name: "bob" };
    const streams = [CHANNEL, other].map((channel) => recorder.start(channel, configuration(), `st-${channel.name}`));
    for (const stream of streams) stream.segment(segment(), FORMAT);
    for (const stream of streams) stream.end();
    await pass();
    expect(statuses()).toEqual(["Recording Start", "Recording Start", "Recording End", "Recording End"]);
    const channels = [...objects.keys()].map((key) => key.split("/")[3]);
    expect(new Set(channels)).toEqual(new Set(["AbCdEf123456", "ZyXwVu123456"]));
  });
});

describe("the selection of renditions", () => {
  it.each([
    ["ALL", []],
    ["CUSTOM", ["FULL_HD"]],
  ] as const)("records the encoder's own for %s", async (renditionSelection, renditions) => {
    const { recorder, paths } = startRecorder();
    const settings = configuration({ renditionConfiguration: { renditionSelection, renditions } });
    recorder.start(CHANNEL, settings, "st-1").segment(segment(), FORMAT);
    await pass();
    expect(paths()).toContain("media/hls/180p30/playlist.m3u8");
  });

  it("records thumbnails and metadata only for NONE", async () => {
    const { recorder, paths, statuses } = startRecorder();
    const settings = configuration({
      renditionConfiguration: { renditionSelection: "NONE", renditions: [] },
      thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: 60, storage: ["SEQUENTIAL"] },
    });
    const stream = recorder.start(CHANNEL, settings, "st-1");
    await send(stream, 2);
    stream.end();
    await pass();
    expect(paths()).toEqual([
      "events/recording-started.json",
      "media/thumbnails/thumb0.jpg",
      "events/recording-ended.json",
    ]);
    expect(statuses()).toEqual(["Recording Start", "Recording End"]);
  });
});
