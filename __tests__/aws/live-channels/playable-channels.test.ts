import { expect, test } from "vitest";
import { playableChannels } from "#aws/live-channels/playable-channels.ts";
import { startIvs } from "../../local/ivs/fixture.ts";

test("tells where channels play and which are private, and leaves out one that is gone", async () => {
  const { ivs, createChannel } = await startIvs();
  const open = await createChannel({ name: "open" });
  const closed = await createChannel({ name: "closed", authorized: true });
  const gone = open.arn.replace(/.{12}$/, "AbCdEf123456");
  expect(await playableChannels(ivs, [open.arn, gone, closed.arn])).toEqual([
    { arn: open.arn, isPrivate: false, playbackUrl: open.playbackUrl },
    { arn: closed.arn, isPrivate: true, playbackUrl: closed.playbackUrl },
  ]);
});

test("asks for more than fifty channels in several calls, and for none in none", async () => {
  const { ivs, createChannel } = await startIvs();
  const arns: string[] = [];
  for (let index = 0; index < 53; index += 1) arns.push((await createChannel({ name: `c${index}` })).arn);
  expect((await playableChannels(ivs, arns)).map(({ arn }) => arn)).toEqual(arns);
  expect(await playableChannels(ivs, [])).toEqual([]);
});
