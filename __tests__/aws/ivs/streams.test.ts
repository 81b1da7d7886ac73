import { expect, test } from "vitest";
import { listStreams, readStream } from "#aws/ivs/streams.ts";
import { playIvs } from "./fixture/play-ivs.ts";

const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/id1";
const stream = {
  channelArn,
  streamId: "st-1",
  state: "LIVE",
  health: "STARVING",
  viewerCount: 3,
  startTime: "2026-11-21T12:00:00Z",
};
const read = { channelArn, streamId: "st-1", since: new Date(stream.startTime), viewers: 3, health: "STARVING" };

test("reads what is on air on a channel", async () => {
  await using played = await playIvs({ GetStream: () => ({ stream }) });
  expect(await readStream(played.ivs, channelArn)).toEqual(read);
});

test("takes a channel that is not broadcasting, or just ends, as offline", async () => {
  await using offline = await playIvs({ GetStream: () => ({ refused: [404, "ChannelNotBroadcasting"] }) });
  expect(await readStream(offline.ivs, channelArn)).toBeUndefined();
  await using ending = await playIvs({ GetStream: () => ({ stream: { ...stream, state: "OFFLINE" } }) });
  expect(await readStream(ending.ivs, channelArn)).toBeUndefined();
});

test("does not take a refusal for an offline channel", async () => {
  await using played = await playIvs({ GetStream: () => ({ refused: [403, "AccessDeniedException"] }) });
  await expect(readStream(played.ivs, channelArn)).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("lists all that is on air, page after page", async () => {
  await using played = await playIvs({
    ListStreams: ({ nextToken }) =>
      nextToken === undefined ? { streams: [stream], nextToken: "1" } : { streams: [{ ...stream, state: "OFFLINE" }] },
  });
  expect(await listStreams(played.ivs)).toEqual([read]);
  expect(played.sent).toHaveLength(2);
});
