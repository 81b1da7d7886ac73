import { setTimeout as sleep } from "node:timers/promises";
import {
  GetStreamCommand,
  GetStreamSessionCommand,
  ListStreamSessionsCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectClient } from "../media/rtmp/fixture/client.ts";
import * as packets from "../media/rtmp/fixture/encoder.ts";
import { type LiveCloud, type SentChannel, startLiveCloud } from "./fixture/live-cloud.ts";
import { nextSegment, type Viewer, watch } from "./fixture/viewer.ts";

let live: LiveCloud;
let [watched, broken, lost, other]: SentChannel[] = [];

beforeAll(async () => {
  live = await startLiveCloud();
  [watched, broken, lost, other] = await Promise.all(
    ["watched", "broken", "lost", "other"].map((name) => live.channel(name)),
  );
  await Promise.all([watched?.goLive(), other?.goLive()]);
});
afterAll(() => live?.[Symbol.asyncDispose]());

const must = (channel: SentChannel | undefined): SentChannel => channel as SentChannel;

const streamOf = async ({ arn }: SentChannel) =>
  (await live.ivs.send(new GetStreamCommand({ channelArn: arn }))).stream;

const sessionsOf = async ({ arn }: SentChannel) =>
  (await live.ivs.send(new ListStreamSessionsCommand({ channelArn: arn }))).streamSessions ?? [];

/** Settles when the viewer's playlist has this in it. */
const until = (viewer: Viewer, wanted: string, timeout: number) =>
  vi.waitFor(async () => expect(await viewer.playlist()).toContain(wanted), { timeout, interval: 200 });

// Each waits for what the clock alone brings, so they wait together.
describe.concurrent("those who watch", () => {
  it("are counted within 15 seconds, and no longer a minute after they left", async () => {
    const channel = must(watched);
    const viewers = async () => (await streamOf(channel))?.viewerCount;
    expect(await viewers()).toBe(0);
    const [stays, leaves] = await Promise.all([watch(channel.playbackUrl), watch(channel.playbackUrl)]);
    await Promise.all([stays.playlist(), leaves.playlist()]);
    const began = Date.now();
    const playing = setInterval(() => void stays.playlist(), 2_000);
    try {
      await vi.waitFor(async () => expect(await viewers()).toBe(2), { timeout: 15_000, interval: 200 });
      await vi.waitFor(async () => expect(await viewers()).toBe(1), { timeout: 60_000, interval: 500 });
      expect(Date.now() - began).toBeGreaterThan(15_000);
    } finally {
      clearInterval(playing);
    }
  });

  it("see a stream go on after a discontinuity whose encoder is killed and back in time", async () => {
    const channel = must(broken);
    const encoder = await channel.goLive();
    const before = await streamOf(channel);
    const viewer = await watch(channel.playbackUrl);
    const seen = nextSegment(await viewer.playlist());
    encoder.process.kill("SIGKILL");
    await encoder.ended;
    await vi.waitFor(() => expect(streamOf(channel)).rejects.toThrow(), 5_000);
    expect(await viewer.playlist()).not.toContain("#EXT-X-ENDLIST");
    await sleep(2_000);
    await channel.goLive();
    await until(viewer, "#EXT-X-DISCONTINUITY\n", 5_000);
    const playlist = await viewer.playlist();
    expect(playlist).not.toContain("#EXT-X-ENDLIST");
    expect(nextSegment(playlist)).toBeGreaterThan(seen);
    expect((await viewer.segment()).status).toBe(200);
    // To the service it is another stream.
    const after = await streamOf(channel);
    expect((await sessionsOf(channel)).map(({ streamId }) => streamId)).toEqual([after?.streamId, before?.streamId]);
  });

  it("see the end of a stream whose encoder does not come back, and another one begin later", async () => {
    const channel = must(lost);
    const encoder = await channel.goLive();
    const viewer = await watch(channel.playbackUrl);
    await viewer.playlist();
    encoder.process.kill("SIGKILL");
    await until(viewer, "#EXT-X-ENDLIST", 15_000);
    expect((await fetch(channel.playbackUrl)).status).toBe(404);
    await channel.goLive();
    expect(await viewer.playlist()).toContain("#EXT-X-ENDLIST");
    const again = await watch(channel.playbackUrl);
    const playlist = await again.playlist();
    expect(playlist).toContain("#EXT-X-MEDIA-SEQUENCE:0\n");
    expect(playlist).not.toMatch(/#EXT-X-(ENDLIST|DISCONTINUITY\n)/);
    expect((await sessionsOf(channel)).map(({ endTime }) => endTime !== undefined)).toEqual([false, true]);
  });

  it("see nothing new of an encoder that goes silent, whose channel starves until pictures come again", async () => {
    const { arn, streamKey } = await live.channel("silent");
    const sender = connectClient(Number(new URL(live.cloud.rtmpUrl).port));
    const send = (from: number, to: number) => {
      for (let time = from; time < to; time += 40) {
        sender.write(packets.picture(time, { keyframe: time % 2_000 === 0 }));
      }
    };
    for (const bytes of [packets.upToPublish(streamKey), packets.videoConfiguration()]) sender.write(bytes);
    send(0, 4_040);
    const starving = async () => {
      const { streams = [] } = await live.ivs.send(new ListStreamsCommand({ filterBy: { health: "STARVING" } }));
      return streams.map(({ channelArn }) => channelArn);
    };
    await vi.waitFor(async () => expect(await starving()).toEqual([arn]), { timeout: 10_000, interval: 200 });
    send(4_040, 6_040);
    await vi.waitFor(async () => expect(await starving()).toEqual([]), { timeout: 5_000, interval: 200 });
    const { streamSession } = await live.ivs.send(new GetStreamSessionCommand({ channelArn: arn }));
    expect(streamSession?.truncatedEvents?.map(({ name }) => name)).toEqual([
      ...["Starvation End", "Starvation Start", "Stream Start", "Session Created"],
    ]);
    const { streamSessions } = await live.ivs.send(new ListStreamSessionsCommand({ channelArn: arn }));
    expect(streamSessions).toMatchObject([{ hasErrorEvent: true }]);
    sender.socket.destroy();
  });

  it("of another channel see nothing of that", async () => {
    const channel = must(other);
    const viewer = await watch(channel.playbackUrl);
    let [from, at] = [nextSegment(await viewer.playlist()), Date.now()];
    const began = { from, at };
    for (const end = at + 16_000; Date.now() < end; ) {
      const playlist = await viewer.playlist();
      expect(playlist).not.toMatch(/#EXT-X-(ENDLIST|DISCONTINUITY\n)/);
      const next = nextSegment(playlist);
      if (next > from) [from, at] = [next, Date.now()];
      expect(Date.now() - at).toBeLessThan(6_000);
      await sleep(250);
    }
    expect(from - began.from).toBeGreaterThanOrEqual(6);
  });
});
