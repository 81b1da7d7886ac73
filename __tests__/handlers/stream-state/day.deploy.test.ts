import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { completed } from "#__tests__/aws/table/fixture/accounts.ts";
import { newTable } from "#__tests__/aws/table/fixture/new-table.ts";
import { putRows } from "#__tests__/aws/table/fixture/put-rows.ts";
import { type Delivery, dayLength, dayOfAll } from "#__tests__/domain/live-state/day.ts";
import { channelArn, minute } from "#__tests__/domain/live-state/support.ts";
import { failed, queueEvent } from "#__tests__/handlers/support/queue-event.ts";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { startIvs } from "#__tests__/local/ivs/fixture.ts";
import { keys } from "#aws/table/keys.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import type { Table } from "#aws/table/table.ts";
import { bundleHandler, writeBundle } from "#constructs/lambda/bundle.ts";
import type { ListedStream } from "#domain/live-state/walk-streams.ts";
import type { QueueAnswer, QueueEvent } from "#handlers/shared/queue-batch.ts";
import type { LiveStreams } from "#local/ivs/live-streams.ts";

const accountId = "111122223333";
const subs = Array.from({ length: 200 }, (_, place) => `user-${place}`);
const ours = subs.map((_, place) => channelArn(place, accountId));
/** Of this account, made by somebody by hand: listed, and in no row. */
const strangers = Array.from({ length: 20 }, (_, place) => channelArn(1000 + place, accountId));
const foreign = Array.from({ length: 20 }, (_, place) => channelArn(place, "999988887777"));

let own: OwnCloud;
let table: Table;

beforeAll(async () => {
  own = await startOwnCloud({ accountId, region: "us-west-2" });
  table = await newTable(own.cloud);
  const messages = new SQSClient(client(own.cloud, own.root));
  const { QueueUrl = "" } = await messages.send(new CreateQueueCommand({ QueueName: "webhooks" }));
  const { environment } = own.cloud;
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv("TABLE_NAME", table.tableName);
  vi.stubEnv("WEBHOOK_QUEUE_URL", QueueUrl);
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await putRows(
    table,
    subs.flatMap((sub, place) => {
      const account = { ...completed(sub), channelArn: ours[place] };
      return [
        { ...keys.account(sub), ...account, listed: "listed" },
        { ...keys.channel(String(account.channelArn)), sub },
      ];
    }),
  );
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  table?.client.destroy();
  await own?.[Symbol.asyncDispose]();
});

/** The function as it is deployed, in this process. */
async function deployed<Handler>(handler: string, constants = {}): Promise<Handler> {
  const folder = writeBundle(handler, bundleHandler({ handler, constants }));
  return (await import(pathToFileURL(join(folder, "handler.mjs")).href)).handler;
}

/** Hands events over as Lambda does: batches of up to ten, some at a time. */
async function hand(events: readonly Delivery[], handler: (event: QueueEvent) => Promise<QueueAnswer>): Promise<void> {
  const batches: Delivery[][] = [];
  for (let first = 0; first < events.length; first += 10) batches.push(events.slice(first, first + 10));
  const inTurn = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      expect(await handler(queueEvent(batch.map(({ event }) => event)))).toEqual(failed());
    }
  };
  await Promise.all([1, 2, 3, 4].map(inTurn));
}

const flags = async () => {
  const live = new Set<string>();
  for await (const page of createLiveRows(table).live()) for (const { channelArn } of page) live.add(channelArn);
  return live;
};

const allRows = async () => {
  const rows: Record<string, unknown>[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.tableName, ExclusiveStartKey: next }));
    rows.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return rows;
};

const broadcasting = (streams: readonly ListedStream[]): LiveStreams => ({
  find: () => undefined,
  list: () =>
    streams.map(({ channelArn, streamId, startedAt, viewers }) => ({
      channelArn,
      streamId,
      startTime: new Date(startedAt).toISOString(),
      health: "HEALTHY",
      viewerCount: viewers,
    })),
  sessions: () => [],
  stop: async () => undefined,
  forget: async () => undefined,
  putMetadata: async () => undefined,
  insertAdBreak: async () => undefined,
});

it("a day of lost, late, doubled and shuffled events of 200 channels ends equal to ListStreams after one walk", async () => {
  // Whole seconds, as the service gives them; the walk comes two minutes after the day.
  const begin = Math.floor((Date.now() - dayLength - 2 * minute) / 1000) * 1000;
  const [numbers] = fc.sample(fc.infiniteStream(fc.nat(2 ** 30)), 1);
  const draw = (below: number) => (numbers?.next().value ?? 0) % below;
  const { all, onAir } = dayOfAll([...ours, ...strangers, ...foreign], draw, begin, dayLength);
  const told = all.filter(({ event }) => /^Stream (Start|End|Takeover)$/.test(event.detail.event_name));
  const listed = onAir.filter(({ channelArn }) => !foreign.includes(channelArn));
  const truth = new Set(listed.map(({ channelArn }) => channelArn).filter((arn) => ours.includes(arn)));
  const walkAt = begin + dayLength + 2 * minute;

  const take = await deployed<(event: QueueEvent) => Promise<QueueAnswer>>("stream-state", {
    SESSION_HISTORY_DAYS: 30,
  });
  await hand(
    told.filter(({ at }) => at <= walkAt),
    take,
  );
  const before = await flags();
  expect(before).not.toEqual(truth);

  const { server } = await startIvs({ liveStreams: broadcasting(listed) });
  vi.stubEnv("AWS_ENDPOINT_URL_IVS", server.url);
  const observe = await deployed<() => Promise<void>>("observe-streams");
  await observe();
  expect(await flags()).toEqual(truth);

  // What was still on its way changes nothing any more.
  await hand(
    told.filter(({ at }) => at > walkAt),
    take,
  );
  expect(await flags()).toEqual(truth);

  const rows = await allRows();
  const written = new Set(rows.flatMap(({ pk }) => /^CHANNEL#(.*)$/.exec(String(pk))?.[1] ?? []));
  expect([...written].filter((arn) => !ours.includes(arn))).toEqual([]);
  expect(rows.filter(({ sk }) => sk === "ACCOUNT")).toHaveLength(ours.length);
});
