import { newTable } from "#__tests__/aws/table/fixture/new-table.ts";
import { putRows } from "#__tests__/aws/table/fixture/put-rows.ts";
import { startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { keys } from "#aws/table/keys.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import type { Table } from "#aws/table/table.ts";
import type { Bench, Measurement } from "./bench.ts";
import { scanLive } from "./peers/scan-live.ts";
import { countReads, type Reads } from "./support/read-counter.ts";

/** Filling the emulated table takes most of the time, a minute or two on two cores. */
const sizes = [10, 1000, 10_000, 100_000];
/** No more than the fewest channels, so that every page is a full one. */
const pageSize = 10;

/** Channels on air, each begun a second after the one before, and the names of those that pages end with. */
const channelRows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => {
    const sub = `00000000-0000-4000-8000-${String(from + place).padStart(12, "0")}`;
    const name = `channel-${from + place}`;
    const state = { live: "live", stateAt: from + place, watched: place % 7, viewers: place % 7, streamId: "st-1" };
    const profile = { name, nickname: name, title: "A stream", description: "", access: "public", listed: "listed" };
    const account = { ...keys.account(sub), sub, stage: "complete", version: 1, ...profile, ...state };
    return from + place < to - pageSize ? [account] : [account, { ...keys.name(name), sub }];
  }).flat();

interface Cost {
  readonly size: number;
  /** Of the first page and of the second one, which reads where the first ended. */
  readonly ours: readonly [Reads, Reads];
  readonly peer: Reads;
  /** What it took to put the channels that were not there yet. */
  readonly fillMilliseconds: number;
}

async function readCosts(table: Table, reads: () => Reads, size: number): Promise<Omit<Cost, "fillMilliseconds">> {
  const costOf = async <Answer>(read: () => Promise<Answer>) => {
    const before = reads();
    const answer = await read();
    const after = reads();
    return { answer, cost: { calls: after.calls - before.calls, rows: after.rows - before.rows } };
  };
  const profiles = createProfiles(table);
  const first = await costOf(() => profiles.live("newest", { limit: pageSize }));
  const second = await costOf(() => profiles.live("newest", { limit: pageSize, cursor: first.answer.next }));
  const peer = await costOf(() => scanLive(table, pageSize));
  const names = first.answer.rows.map(({ name }) => name);
  if (names.join() !== peer.answer.join()) throw new Error(`the peer answers otherwise: ${peer.answer}, not ${names}`);
  return { size, ours: [first.cost, second.cost], peer: peer.cost };
}

async function measure(): Promise<Cost[]> {
  await using own = await startOwnCloud();
  const table = await newTable(own.cloud);
  const reads = countReads(table);
  const costs: Cost[] = [];
  let filled = 0;
  for (const size of sizes) {
    const start = performance.now();
    await putRows(table, channelRows(filled, size));
    const fillMilliseconds = performance.now() - start;
    filled = size;
    costs.push({ ...(await readCosts(table, reads, size)), fillMilliseconds });
  }
  return costs;
}

const measurementsOf = ({ size, ours, peer, fillMilliseconds }: Cost): Measurement[] => {
  const of = `of ${size} on air`;
  return [
    { what: `ours, rows read for a page ${of}`, unit: "rows", samples: ours.map(({ rows }) => rows) },
    { what: `ours, calls for a page ${of}`, unit: "calls", samples: ours.map(({ calls }) => calls) },
    { what: `peer, rows read for a page ${of}`, unit: "rows", samples: [peer.rows] },
    { what: `peer, calls for a page ${of}`, unit: "calls", samples: [peer.calls] },
    { what: `putting channels until there are ${size}`, unit: "ms", samples: [fillMilliseconds] },
  ];
};

export const publicLive: Bench = {
  title:
    `what a page of ${pageSize} channels on air reads from DynamoDB, the more channels there are; ` +
    "peer: a scan that is sorted (peers/scan-live.ts)",
  async run() {
    const costs = await measure();
    const most = (count: (reads: Reads) => number) =>
      Math.max(...costs.filter(({ size }) => size > pageSize).flatMap(({ ours }) => ours.map(count)));
    const last = costs.at(-1);
    const ours = last?.ours[0].rows ?? Number.NaN;
    return {
      measurements: costs.flatMap(measurementsOf),
      goals: [
        {
          what: "most rows that a page of ours read, for each row shown",
          value: most(({ rows }) => rows) / pageSize,
          bound: { atMost: 1.2 },
        },
        { what: "most calls that a page of ours took", value: most(({ calls }) => calls), bound: { atMost: 2 } },
        {
          what: `rows read of ${last?.size} channels, ours / peer's`,
          value: ours / (last?.peer.rows ?? 0),
          bound: { atMost: 0.01 },
        },
      ],
    };
  },
};
