import { GetStreamCommand, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { ivsRates } from "#local/ivs/rates.ts";
import { refusalOf, startIvs, stoppedClock } from "./fixture.ts";

test("there is no limit unless the settings have one", async () => {
  const { ivs } = await startIvs();
  for (let count = 0; count < 20; count += 1) await ivs.send(new ListChannelsCommand({}));
});

test("the sixth call in a second is throttled under the service's own rates", async () => {
  const clock = stoppedClock();
  const { ivs } = await startIvs({ now: clock.now, rates: ivsRates });
  for (let count = 0; count < 5; count += 1) await ivs.send(new ListChannelsCommand({}));
  expect(await refusalOf(ivs.send(new ListChannelsCommand({})))).toEqual({
    name: "ThrottlingException",
    status: 429,
    message: "Rate exceeded: ListChannels allows 5 calls per second",
  });
  const channelArn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";
  expect(await refusalOf(ivs.send(new GetStreamCommand({ channelArn })))).toMatchObject({ status: 404 });
  clock.advance(200);
  await ivs.send(new ListChannelsCommand({}));
});
