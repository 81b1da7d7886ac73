import { expect, test } from "vitest";
import { playIvs } from "#__tests__/aws/ivs/fixture/play-ivs.ts";
import { createStreamPages } from "#aws/live-streams/stream-pages.ts";
import { walkStreams } from "#domain/live-state/walk-streams.ts";

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:111122223333:channel/${id}`;
const stream = (id: string, changes = {}) => ({
  channelArn: arnOf(id),
  streamId: `st-${id}`,
  startTime: "2026-01-02T03:04:05Z",
  state: "LIVE",
  health: "HEALTHY",
  viewerCount: 3,
  ...changes,
});
const listed = (id: string, viewers = 3) => ({
  channelArn: arnOf(id),
  streamId: `st-${id}`,
  startedAt: Date.parse("2026-01-02T03:04:05Z"),
  viewers,
});

test("asks for pages of 100 and goes on where the last one ended", async () => {
  await using played = await playIvs({
    ListStreams: ({ nextToken }) =>
      nextToken ? { streams: [stream("b")] } : { streams: [stream("a")], nextToken: "two" },
  });
  const pages = createStreamPages(played.ivs);
  expect(await pages.page(undefined)).toEqual({ streams: [listed("a")], next: "two" });
  expect(await pages.page("two")).toEqual({ streams: [listed("b")] });
  expect(played.sent.map(({ body }) => JSON.parse(body))).toEqual([
    { maxResults: 100 },
    { maxResults: 100, nextToken: "two" },
  ]);
});

test("leaves out what is offline, and says -1 where nothing was counted", async () => {
  const streams = [
    stream("a", { state: "OFFLINE" }),
    stream("b", { viewerCount: undefined }),
    stream("c", { viewerCount: -1 }),
  ];
  await using played = await playIvs({ ListStreams: () => ({ streams }) });
  expect((await createStreamPages(played.ivs).page(undefined)).streams).toEqual([listed("b", -1), listed("c", -1)]);
});

test.each(["channelArn", "streamId", "startTime"])(
  "refuses a stream without its %s, since the list is not whole",
  async (field) => {
    await using played = await playIvs({ ListStreams: () => ({ streams: [stream("a", { [field]: undefined })] }) });
    await expect(createStreamPages(played.ivs).page(undefined)).rejects.toThrow(
      "ListStreams gave a stream without channelArn, streamId or startTime",
    );
  },
);

test("a page that the service refuses fails the walk", async () => {
  await using played = await playIvs({
    ListStreams: ({ nextToken }) =>
      nextToken ? { refused: [403, "AccessDeniedException"] } : { streams: [stream("a")], nextToken: "two" },
  });
  await expect(walkStreams(createStreamPages(played.ivs))).rejects.toMatchObject({ name: "AccessDeniedException" });
});
