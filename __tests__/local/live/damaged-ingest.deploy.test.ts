import { GetStreamSessionCommand } from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { MESSAGE } from "#local/media/rtmp/message.ts";
import { connectClient } from "../media/rtmp/fixture/client.ts";
import * as encoder from "../media/rtmp/fixture/encoder.ts";
import { type LiveCloud, startLiveCloud } from "./fixture/live-cloud.ts";
import { sendMutations } from "./fixture/mutations.ts";
import { type Sight, watchSteadily } from "./fixture/steady.ts";
import { watch } from "./fixture/viewer.ts";

let live: LiveCloud;
let seen: () => Promise<Sight>;

beforeAll(async () => {
  live = await startLiveCloud({ region: "us-west-2" });
  const steady = await live.channel("steady");
  await steady.goLive();
  seen = await watchSteadily(steady.playbackUrl);
});
afterAll(() => live?.[Symbol.asyncDispose]());

const connect = () => connectClient(Number(new URL(live.cloud.rtmpUrl).port));

/** Pictures 40 ms apart with a keyframe each two seconds, as an encoder's clock has them. */
const pictures = (from: number, milliseconds: number, keyframes = 2_000): Buffer[] =>
  Array.from({ length: milliseconds / 40 }, (_, index) =>
    encoder.picture((from + index * 40) % 2 ** 32, { keyframe: (index * 40) % keyframes === 0 }),
  );

/** A new channel, and an encoder that has begun a good stream on it. */
const begin = async (name: string) => {
  const channel = await live.channel(name);
  const sender = connect();
  for (const bytes of [encoder.upToPublish(channel.streamKey), encoder.videoConfiguration()]) sender.write(bytes);
  return { channel, sender };
};

const eventsOf = async (channelArn: string) => {
  const { streamSession } = await live.ivs.send(new GetStreamSessionCommand({ channelArn }));
  return streamSession?.truncatedEvents?.map(({ name, code }) => (code === undefined ? name : `${name} ${code}`));
};

describe("a stream that is damaged ends its own connection:", () => {
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const avc = (body: Buffer) =>
    encoder.message(MESSAGE.video, Buffer.concat([Buffer.from("1701000000", "hex"), body]), 1);
  const noise = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 251));

  it.each<[string, Buffer, string]>([
    ["half an FLV tag", encoder.message(MESSAGE.video, Buffer.from("1701", "hex"), 1), "INGEST_MEDIA"],
    ["bytes that are no RTMP", noise, "INGEST_LIMIT"],
    ["a picture of 4 GiB", avc(uint32(0xffff_ffff)), "INGEST_MEDIA"],
    ["chunks of 4 GiB", encoder.message(MESSAGE.setChunkSize, uint32(0xffff_ffff)), "INGEST_PROTOCOL"],
    ["a message of 16 MiB", Buffer.from("06000000ffffff0901000000", "hex"), "INGEST_LIMIT"],
  ])("%s", async (name, bytes, code) => {
    const { channel, sender } = await begin(name.replaceAll(/\W/g, "-"));
    for (const picture of pictures(0, 4_040)) sender.write(picture);
    await vi.waitFor(async () => expect(await eventsOf(channel.arn)).toEqual(["Stream Start", "Session Created"]));
    const viewer = await watch(channel.playbackUrl);
    sender.write(bytes);
    await sender.closed;
    await vi.waitFor(async () =>
      expect(await eventsOf(channel.arn)).toEqual([
        ...["Stream End", "Session Ended", `Stream Failure ${code}`, "Stream Start", "Session Created"],
      ]),
    );
    // What was good of it can still be watched.
    expect((await viewer.segment()).status).toBe(200);
  });

  it("one that breaks off in the middle of a picture", async () => {
    const { channel, sender } = await begin("half");
    for (const picture of pictures(0, 4_040)) sender.write(picture);
    sender.socket.end(encoder.picture(4_040, { bytes: 4_000 }).subarray(0, 700));
    await sender.closed;
    await vi.waitFor(async () =>
      expect(await eventsOf(channel.arn)).toEqual(["Stream End", "Session Ended", "Stream Start", "Session Created"]),
    );
  });
});

describe("a stream whose clock is odd goes on:", () => {
  /** All segments of a stream of so many milliseconds, once it is there. */
  const stream = async (name: string, sent: readonly Buffer[]) => {
    const { channel, sender } = await begin(name);
    for (const picture of sent) sender.write(picture);
    await vi.waitFor(async () => expect(await eventsOf(channel.arn)).toContain("Stream Start"));
    const viewer = await watch(channel.playbackUrl);
    const playlist = await viewer.playlist();
    sender.write(encoder.unpublish(channel.streamKey));
    sender.socket.end();
    const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, seconds]) => Number(seconds));
    return { playlist, lengths };
  };

  it("it begins anew after 2^32 milliseconds", async () => {
    const { playlist, lengths } = await stream("wrap", pictures(2 ** 32 - 4_000, 8_040));
    expect(lengths).toEqual([2, 2, 2, 2]);
    expect(playlist).not.toContain("#EXT-X-DISCONTINUITY\n");
  });

  it("it goes backwards", async () => {
    const { lengths } = await stream("backwards", [...pictures(600_000, 4_000), ...pictures(0, 4_040)]);
    expect(lengths.length).toBeGreaterThanOrEqual(4);
    for (const length of lengths) expect(length).toBeCloseTo(2, 0);
  });

  it("no keyframe comes for 30 seconds", async () => {
    const { playlist, lengths } = await stream("one-keyframe", pictures(0, 32_000, 60_000));
    expect(lengths).toEqual([10, 10, 10]);
    expect(playlist).toContain("#EXT-X-TARGETDURATION:10\n");
  });
});

it("a hundred damaged copies of a good ingest leave no connection, no memory and no open session behind", async () => {
  await sendMutations(live, { streams: 100, atOnce: 10 });
});

it("a stream beside all of these was not disturbed", async () => {
  const { segments, longestWait, isBroken } = await seen();
  expect({ isBroken }).toEqual({ isBroken: false });
  expect(segments).toBeGreaterThan(0);
  expect(longestWait).toBeLessThan(6_000);
  expect(live.lines).toEqual([]);
});
