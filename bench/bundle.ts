import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { HANDLERS } from "#constructs/lambda/bundle.ts";
import { type Bench, type Goal, type Measurement, median } from "./bench.ts";
import { type Bundled, measureBundles } from "./support/handler-load.ts";
import { handlerConstants } from "./support/handler-needs.ts";

const PEERS = join(import.meta.dirname, "peers/bundle");

/**
 * Who each of ours is compared with, and how many times the peer's size and load time must be ours: a load time that is
 * nearly the same differs by a tenth from run to run.
 */
const comparisons = [
  { ours: "review-message", peer: "review-with-sdk", size: 5, load: 1.5 },
  { ours: "confirm-sign-up", peer: "sign-up-in-one", size: 1.5, load: 1.2 },
  { ours: "api-public", peer: "api-in-one", size: 1.1, load: 1 },
  { ours: "api-stream", peer: "api-in-one", size: 1, load: 0.9 },
] as const;

/** Ours by their names, the peers by `peer` and theirs. */
async function measureAll(): Promise<Map<string, Bundled>> {
  const constants = handlerConstants();
  const ours = readdirSync(HANDLERS).filter((name) => existsSync(join(HANDLERS, name, "handler.ts")));
  const peers = [...new Set(comparisons.map(({ peer }) => peer))];
  const measured = await measureBundles([
    ...ours.map((handler) => ({ handler, constants })),
    ...peers.map((handler) => ({ handler, handlersFolder: PEERS })),
  ]);
  const names = [...ours, ...peers.map((name) => `peer ${name}`)];
  return new Map(names.flatMap((name, place) => (measured[place] ? [[name, measured[place]]] : [])));
}

const rows = (name: string, { kilobytes, gzipKilobytes, loadMilliseconds, megabytes }: Bundled): Measurement[] => [
  { what: `${name}, size`, unit: "KB", samples: [kilobytes] },
  { what: `${name}, size with gzip`, unit: "KB", samples: [gzipKilobytes] },
  { what: `${name}, load in a fresh process`, unit: "ms", samples: loadMilliseconds },
  { what: `${name}, memory of the process then`, unit: "MB", samples: megabytes },
];

function goals(
  measured: ReadonlyMap<string, Bundled>,
  { ours, peer, size, load }: (typeof comparisons)[number],
): Goal[] {
  const [own, other] = [measured.get(ours), measured.get(`peer ${peer}`)];
  if (!own || !other) throw new Error(`${ours} or ${peer} was not measured`);
  // Round by round, as what else the machine does is much the same within one.
  const loadRatios = own.loadMilliseconds.map((mine, round) => (other.loadMilliseconds[round] ?? Number.NaN) / mine);
  return [
    { what: `${ours}: size, ${peer}'s / ours`, value: other.kilobytes / own.kilobytes, bound: { atLeast: size } },
    { what: `${ours}: load time, ${peer}'s / ours`, value: median(loadRatios), bound: { atLeast: load } },
  ];
}

export const bundle: Bench = {
  title:
    "each handler's bundle; peers, bundled alike (peers/bundle): a chat handler that has an SDK client, " +
    "a sign-up trigger and an API that have a whole client for every service",
  async run() {
    const measured = await measureAll();
    return {
      measurements: [...measured].flatMap(([name, bundled]) => rows(name, bundled)),
      goals: comparisons.flatMap((comparison) => goals(measured, comparison)),
    };
  },
};
