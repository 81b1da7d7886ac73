import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleHandler, writeBundle } from "#constructs/lambda/bundle.ts";
import { DEFAULT_ENVIRONMENT, readSettings } from "#settings/read-settings.ts";
import { type Bench, type Goal, type Measurement, median } from "./bench.ts";
import { runNode } from "./child.ts";

const root = join(import.meta.dirname, "..");
const loads = 15;

/** Handlers that a person waits for within 200 ms: they must stay small beside the usual handler with an SDK client. */
const quickHandlers = ["review-message"];

const timeTheImport = `
  const start = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - start);
`;

/** How long each of several fresh processes takes to load a module, Node's own start not counted. */
const loadMilliseconds = (folder: string): number[] =>
  Array.from({ length: loads }, () => {
    const module = pathToFileURL(join(folder, "handler.mjs")).href;
    return Number(runNode(["--input-type=module", "--eval", timeTheImport, module]).output);
  });

interface Bundled {
  readonly kilobytes: number;
  readonly gzipKilobytes: number;
  readonly load: readonly number[];
}

function measure(handler: string, handlersFolder: string): Bundled {
  const { moderation } = readSettings(join(root, "cdktf.json"), DEFAULT_ENVIRONMENT);
  const code = bundleHandler({ handler, handlersFolder, constants: { MODERATION_RULES: moderation } });
  const folder = writeBundle(handler, code);
  const load = loadMilliseconds(folder);
  rmSync(folder, { recursive: true });
  return { kilobytes: code.length / 1024, gzipKilobytes: gzipSync(code).length / 1024, load };
}

const rows = (name: string, { kilobytes, gzipKilobytes, load }: Bundled): Measurement[] => [
  { what: `${name}, size`, unit: "KB", samples: [kilobytes] },
  { what: `${name}, size with gzip`, unit: "KB", samples: [gzipKilobytes] },
  { what: `${name}, load in a fresh process`, unit: "ms", samples: load },
];

function goals(name: string, ours: Bundled, peer: Bundled): Goal[] {
  const ratio = (what: string, theirs: number, own: number): Goal => ({
    what: `${name}: peer's ${what} / ours`,
    value: theirs / own,
    bound: { atLeast: 5 },
  });
  return [ratio("size", peer.kilobytes, ours.kilobytes), ratio("load time", median(peer.load), median(ours.load))];
}

export const bundle: Bench = {
  title:
    "each handler's bundle; peer: a chat handler that has an SDK client, bundled alike (peers/bundle/review-with-sdk)",
  run() {
    const handlersFolder = join(root, "handlers");
    const names = readdirSync(handlersFolder).filter((name) => existsSync(join(handlersFolder, name, "handler.ts")));
    const ours = new Map(names.map((name) => [name, measure(name, handlersFolder)]));
    const peer = measure("review-with-sdk", join(import.meta.dirname, "peers/bundle"));
    return {
      measurements: [...[...ours].flatMap(([name, bundled]) => rows(name, bundled)), ...rows("peer", peer)],
      goals: [...ours].flatMap(([name, bundled]) => (quickHandlers.includes(name) ? goals(name, bundled, peer) : [])),
    };
  },
};
