import { expect, test } from "vitest";
import { findChannel, listChannels } from "#aws/ivs/channels.ts";
import { playIvs } from "./fixture/play-ivs.ts";

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:111122223333:channel/${id}`;
const all = ["lobby", "main-stage", "twin", "twin"].map((name, index) => ({ arn: arnOf(`id${index}`), name }));

const play = () =>
  playIvs({
    // Pages of two, as the service may cut them.
    ListChannels: ({ filterByName, nextToken = "0" }) => {
      const matching = all.filter(({ name }) => filterByName === undefined || name === filterByName);
      const start = Number(nextToken);
      const more = start + 2 < matching.length ? { nextToken: String(start + 2) } : {};
      return { channels: matching.slice(start, start + 2), ...more };
    },
    GetChannel: ({ arn }) => {
      const found = all.find((channel) => channel.arn === arn);
      if (!found) return { refused: [404, "ResourceNotFoundException"] };
      const addresses = { ingestEndpoint: "a1.global-contribute.live-video.net", playbackUrl: "https://a1/live.m3u8" };
      return { channel: { ...found, ...addresses, authorized: true } };
    },
  });

test("lists every channel, page after page, by name", async () => {
  await using played = await play();
  expect((await listChannels(played.ivs)).map(({ name }) => name)).toEqual(["lobby", "main-stage", "twin", "twin"]);
  expect(played.sent).toHaveLength(2);
});

test("finds a channel by its name, and by its ARN", async () => {
  await using played = await play();
  const channel = {
    arn: arnOf("id1"),
    name: "main-stage",
    ingestEndpoint: "a1.global-contribute.live-video.net",
    playbackUrl: "https://a1/live.m3u8",
    isPrivate: true,
    insecureIngest: false,
  };
  expect(await findChannel(played.ivs, "main-stage")).toEqual(channel);
  expect(await findChannel(played.ivs, arnOf("id1"))).toEqual(channel);
});

test("names the channels that there are where there is none of a name", async () => {
  await using played = await play();
  await expect(findChannel(played.ivs, "stage")).rejects.toMatchObject({
    code: "CHANNEL_UNKNOWN",
    message: "There is no channel stage.",
    candidates: ["lobby", "main-stage", "twin"],
  });
  await expect(findChannel(played.ivs, arnOf("gone"))).rejects.toMatchObject({ code: "CHANNEL_UNKNOWN" });
});

test("does not choose between two channels of one name", async () => {
  await using played = await play();
  await expect(findChannel(played.ivs, "twin")).rejects.toMatchObject({
    code: "CHANNEL_AMBIGUOUS",
    message: "2 channels have the name twin.",
    candidates: [arnOf("id2"), arnOf("id3")],
  });
});
