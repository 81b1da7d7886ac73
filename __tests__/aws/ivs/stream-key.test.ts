import { expect, test } from "vitest";
import { readStreamKey } from "#aws/ivs/stream-key.ts";
import { playIvs } from "./fixture/play-ivs.ts";

const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/id1";
const arn = "arn:aws:ivs:us-west-2:111122223333:stream-key/id2";

test("reads the key of a channel", async () => {
  await using played = await playIvs({
    ListStreamKeys: (input) => ({ streamKeys: input.channelArn === channelArn ? [{ arn, channelArn }] : [] }),
    GetStreamKey: (input) => ({ streamKey: input.arn === arn ? { arn, value: "sk_us-west-2_a_b" } : {} }),
  });
  expect(await readStreamKey(played.ivs, channelArn)).toBe("sk_us-west-2_a_b");
});

test("says that a channel has no key", async () => {
  await using played = await playIvs({ ListStreamKeys: () => ({ streamKeys: [] }) });
  await expect(readStreamKey(played.ivs, channelArn)).rejects.toMatchObject({
    code: "STREAM_KEY_MISSING",
    message: `Channel ${channelArn} has no stream key.`,
  });
  expect(played.sent).toHaveLength(1);
});
