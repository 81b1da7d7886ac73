import { GetStreamSessionCommand, StopStreamCommand } from "@aws-sdk/client-ivs";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { MESSAGE } from "#local/media/rtmp/message.ts";
import { connectClient } from "../media/rtmp/fixture/client.ts";
import * as encoder from "../media/rtmp/fixture/encoder.ts";
import { randomNumbers } from "../media/rtmp/fixture/random.ts";
import { type EventQueue, eventQueue, namesOf } from "./fixture/event-queue.ts";
import { type LiveCloud, startLiveCloud } from "./fixture/live-cloud.ts";

let live: LiveCloud;
let queue: EventQueue;

beforeAll(async () => {
  live = await startLiveCloud({ region: "eu-west-1", accountId: "111122223333" });
  const { endpoint, region, accountId } = live.cloud;
  const pattern = { source: ["aws.ivs"], "detail-type": [{ prefix: "IVS " }] };
  queue = await eventQueue({ endpoint, region, accountId, keys: live.root }, "all").open(pattern);
});
afterEach(() => live.cloud.setEventFaults({}));
afterAll(() => live?.[Symbol.asyncDispose]());

/** What has been told of a channel so far. */
const about = (channelName: string) => queue.events.filter(({ detail }) => detail.channel_name === channelName);

const until = async (channelName: string, count: number) => {
  await queue.until(() => about(channelName).length >= count);
  return about(channelName);
};

const sessionOf = async (channelArn: string) =>
  (await live.ivs.send(new GetStreamSessionCommand({ channelArn }))).streamSession;

const LIFE = ["Session Created", "Stream Start", "Session Ended", "Stream End"];

it("the whole life of a stream arrives as the service tells it, and is dated as the session has it", async () => {
  const { arn, goLive } = await live.channel("stage");
  await goLive();
  await live.ivs.send(new StopStreamCommand({ channelArn: arn }));
  const events = await until("stage", 4);
  const { streamId, truncatedEvents = [] } = (await sessionOf(arn)) ?? {};
  expect(namesOf(events)).toEqual(LIFE);
  const times = truncatedEvents.map(({ eventTime }) => `${eventTime?.toISOString().slice(0, 19)}Z`).reverse();
  for (const [index, event] of events.entries()) {
    expect(event).toEqual({
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source: "aws.ivs",
      "detail-type": "IVS Stream State Change",
      account: "111122223333",
      region: "eu-west-1",
      time: times[index],
      resources: [arn],
      detail: { event_name: LIFE[index], channel_name: "stage", stream_id: streamId },
    });
  }
});

it("a stream that cannot be played arrives as a failure with its reason, and was never live", async () => {
  const { streamKey } = await live.channel("odd");
  const sender = connectClient(Number(new URL(live.cloud.rtmpUrl).port));
  sender.write(encoder.upToPublish(streamKey));
  // Sorenson H.263, as Flash sent it.
  sender.write(encoder.message(MESSAGE.video, Buffer.from("1200008400", "hex"), 1));
  await sender.closed;
  const [, failure] = await until("odd", 3);
  expect(namesOf(about("odd"))).toEqual(["Session Created", "Stream Failure", "Session Ended"]);
  expect(failure?.detail.reason).toBe("video must be H.264: Sorenson H.263");
});

it("events that are doubled and shuffled arrive twice each, none is lost, and each keeps its time", async () => {
  const choose = randomNumbers(7);
  live.cloud.setEventFaults({
    duplicate: 1,
    shuffle: true,
    delayMilliseconds: 1_500,
    random: () => choose(1000) / 1000,
  });
  const { arn, goLive } = await live.channel("doubled");
  await goLive();
  await live.ivs.send(new StopStreamCommand({ channelArn: arn }));
  const events = await until("doubled", 8);
  expect(namesOf(events).toSorted()).toEqual([...LIFE, ...LIFE].toSorted());
  const { truncatedEvents = [] } = (await sessionOf(arn)) ?? {};
  for (const { detail, time } of events) {
    const noted = truncatedEvents.find(({ name }) => name === detail.event_name)?.eventTime;
    expect(time).toBe(`${noted?.toISOString().slice(0, 19)}Z`);
  }
});

it("events that are dropped never arrive, and the session still has them", async () => {
  live.cloud.setEventFaults({ drop: 1 });
  const { arn, goLive } = await live.channel("dropped");
  await goLive();
  live.cloud.setEventFaults({});
  await live.ivs.send(new StopStreamCommand({ channelArn: arn }));
  expect(namesOf(await until("dropped", 2))).toEqual(["Session Ended", "Stream End"]);
  const { truncatedEvents = [] } = (await sessionOf(arn)) ?? {};
  expect(truncatedEvents.map(({ name }) => name).reverse()).toEqual(LIFE);
});
