import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, Measurement } from "./bench.ts";
import type { NodeMediaServerPeer } from "./peers/media/node-media-server.ts";
import { makeClip } from "./support/clip.ts";
import type { MediaServer } from "./support/media-server.ts";
import type { Commands } from "./support/obey.ts";
import { type Program, startProgram } from "./support/program.ts";
import type { Sender } from "./support/sender.ts";
import type { Viewers } from "./support/viewers.ts";

const streamKey = "bench";
/** The first seconds of a process are those of its compiler. */
const warmUpSeconds = 20;
const seconds = 30;
/** Several share what a process costs that has one stream or more: its wake-ups. */
const several = 8;
const secondsOfSeveral = 20;
const streamSeconds = warmUpSeconds + 2 * seconds + secondsOfSeveral + 30;

const support = (name: string) => new URL(`support/${name}.ts`, import.meta.url);
const mean = (samples: readonly number[]) => samples.reduce((sum, sample) => sum + sample, 0) / samples.length;

/** Of each program, how much of a core it took in each second, in percent. */
async function watchCpu(programs: readonly Program<Commands>[], seconds: number): Promise<number[][]> {
  const samples: number[][] = programs.map(() => []);
  let before = await Promise.all(programs.map(({ usage }) => usage()));
  let at = performance.now();
  for (let second = 0; second < seconds; second++) {
    await sleep(1_000);
    const after = await Promise.all(programs.map(({ usage }) => usage()));
    const now = performance.now();
    after.forEach(({ cpuMilliseconds }, index) => {
      const used = cpuMilliseconds - (before[index]?.cpuMilliseconds ?? 0);
      samples[index]?.push((used / (now - at)) * 100);
    });
    before = after;
    at = now;
  }
  return samples;
}

export const mediaCpu: Bench = {
  title:
    "CPU of one 720p30 stream at 2 Mbit/s, RTMP to HLS, second by second; peer: node-media-server 4.4.3 with the same " +
    "stream, which it hands on as it is (RTMP and HTTP-FLV; it cuts no segments)",
  async run() {
    const scratch = mkdtempSync(join(tmpdir(), "onair-media-cpu-"));
    const clip = join(scratch, "clip.flv");
    await makeClip(clip);
    const [sender, ours, peer, viewers] = await Promise.all([
      startProgram<Sender>(support("sender")),
      startProgram<MediaServer>(support("media-server")),
      startProgram<NodeMediaServerPeer>(new URL("peers/media/node-media-server.ts", import.meta.url)),
      startProgram<Viewers>(support("viewers")),
    ]);
    try {
      await sender.ask("load", clip, streamSeconds);
      const send = async (streamKeys: readonly string[]) => {
        for (const server of [ours, peer]) {
          const { rtmpPort, app } = await server.ask("address");
          await sender.ask("add", rtmpPort, app, streamKeys);
        }
      };
      await send([streamKey]);
      await sleep(warmUpSeconds * 1_000);
      const [ourIngest = [], peerIngest = []] = await watchCpu([ours, peer], seconds);
      await viewers.ask("watch", await ours.ask("playbackUrl", streamKey), 1);
      await viewers.ask("download", await peer.ask("flvUrl", streamKey));
      await sleep(2_000);
      const [ourServing = [], peerServing = []] = await watchCpu([ours, peer], seconds);
      const { lost } = await viewers.ask("lateness");
      if (lost > 0) throw new Error("the viewer was lost; the comparison would mean nothing");
      await viewers.ask("end");
      await send(Array.from({ length: several - 1 }, (_, index) => `${streamKey}-${index}`));
      const [ourSeveral = [], peerSeveral = []] = (await watchCpu([ours, peer], secondsOfSeveral)).map((samples) =>
        samples.map((sample) => sample / several),
      );
      const row = (what: string, samples: readonly number[]): Measurement => ({ what, unit: "% of a core", samples });
      return {
        measurements: [
          row("ours, nobody watches (aim: mean of 2)", ourIngest),
          row("ours, nobody watches, mean", [mean(ourIngest)]),
          row("peer, nobody watches", peerIngest),
          row("ours, one low-latency viewer", ourServing),
          row("peer, one HTTP-FLV viewer", peerServing),
          row(`ours, each of ${several}, nobody watches`, ourSeveral),
          row(`peer, each of ${several}, nobody watches`, peerSeveral),
          { what: `ours, memory with ${several}`, unit: "MB", samples: [(await ours.usage()).megabytes] },
          { what: `peer, memory with ${several}`, unit: "MB", samples: [(await peer.usage()).megabytes] },
        ],
        goals: [
          {
            what: "ours / peer's, means, nobody watches",
            value: mean(ourIngest) / mean(peerIngest),
            bound: { atMost: 2 },
          },
        ],
      };
    } finally {
      await Promise.all([sender, ours, peer, viewers].map(({ stop }) => stop()));
      rmSync(scratch, { recursive: true });
    }
  },
};
