import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Bench, median } from "./bench.ts";
import { type NodeRun, runNode } from "./child.ts";
import { plainProgram, type StackJson } from "./peers/synth/plain-program.ts";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const rounds = 3;

/** The compiler options that `cdktf init --template=typescript` writes, from the pinned CLI itself. */
const templateConfig = join(root, "node_modules/@cdktf/cli-core/templates/typescript/tsconfig.json");

function readStacks(output: string): Record<string, StackJson> {
  const folder = join(output, "stacks");
  const read = (name: string): StackJson => JSON.parse(readFileSync(join(folder, name, "cdk.tf.json"), "utf8"));
  return Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]));
}

/** A stack's resources and data sources without CDKTF's own notes. */
const contents = ({ resource, data }: StackJson) =>
  JSON.parse(JSON.stringify({ resource, data }, (key, value) => (key === "//" ? undefined : value)));

function refuseDifferences(ours: Record<string, StackJson>, peer: Record<string, StackJson>): void {
  for (const [name, stack] of Object.entries(ours)) {
    const other = peer[name];
    if (other && isDeepStrictEqual(contents(stack), contents(other))) continue;
    throw new Error(`the peer does not make the same resources as stack ${name}; the comparison would mean nothing`);
  }
}

const synthesizeOurs = (output: string): NodeRun =>
  runNode(["--import", "tsx", "main.ts"], { cwd: root, env: { CDKTF_OUTDIR: output } });

/** A folder as the template leaves it, with the peer's one file. */
function preparePeer(folder: string, program: string): void {
  writeFileSync(join(folder, "main.ts"), program);
  writeFileSync(join(folder, "tsconfig.json"), readFileSync(templateConfig));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

const synthesizePeer = (folder: string, output: string): NodeRun =>
  runNode([require.resolve("ts-node/dist/bin.js"), "main.ts"], { cwd: folder, env: { CDKTF_OUTDIR: output } });

function compare(scratch: string): { ours: NodeRun[]; peer: NodeRun[]; resources: number } {
  const ourOutput = join(scratch, "ours");
  const peerOutput = join(scratch, "peer-output");
  const peerFolder = mkdtempSync(join(scratch, "peer-"));
  const ours = [synthesizeOurs(ourOutput)];
  const stacks = readStacks(ourOutput);
  preparePeer(peerFolder, plainProgram(stacks));
  const peer: NodeRun[] = [];
  // In turns, so that a busy minute of the machine falls on both.
  for (let round = 0; round < rounds; round++) {
    peer.push(synthesizePeer(peerFolder, peerOutput));
    ours.push(synthesizeOurs(ourOutput));
  }
  refuseDifferences(stacks, readStacks(peerOutput));
  const resources = Object.values(stacks)
    .flatMap(({ resource = {}, data = {} }) => [...Object.values(resource), ...Object.values(data)])
    .reduce((sum, named) => sum + Object.keys(named).length, 0);
  return { ours, peer, resources };
}

export const synth: Bench = {
  title: "all stacks to JSON; peer: the same resources by the default template's way, ts-node and barrel imports",
  run() {
    const scratch = mkdtempSync(join(tmpdir(), "onair-synth-"));
    try {
      const { ours, peer, resources } = compare(scratch);
      const times = (runs: readonly NodeRun[]) => runs.map(({ milliseconds }) => milliseconds);
      const peaks = (runs: readonly NodeRun[]) => runs.map(({ peakMegabytes }) => peakMegabytes);
      return {
        measurements: [
          { what: `ours, ${resources} resources and data sources`, unit: "ms", samples: times(ours) },
          { what: "peer, the same", unit: "ms", samples: times(peer) },
          { what: "ours, peak memory", unit: "MB", samples: peaks(ours) },
          { what: "peer, peak memory", unit: "MB", samples: peaks(peer) },
        ],
        goals: [
          { what: "peer's time / ours", value: median(times(peer)) / median(times(ours)), bound: { atLeast: 7 } },
          { what: "our memory / peer's", value: median(peaks(ours)) / median(peaks(peer)), bound: { atMost: 0.2 } },
        ],
      };
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
};
