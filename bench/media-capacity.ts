import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultLengths } from "#local/media/hls/cut.ts";
import { DEFAULT_LIMITS } from "#local/media/rtmp/limits.ts";
import type { Bench, Goal, Measurement } from "./bench.ts";
import type { BareHttpPeer } from "./peers/media/bare-http.ts";
import type { NodeMediaServerPeer } from "./peers/media/node-media-server.ts";
import type { Climb } from "./support/climb.ts";
import { clipSeconds, makeClip } from "./support/clip.ts";
import { climbLiveViewers, climbStreams, climbViewers, late } from "./support/media-climbs.ts";
import type { MediaServer } from "./support/media-server.ts";
import type { Commands } from "./support/obey.ts";
import { type Program, startProgram } from "./support/program.ts";

/** Lets a server of its own do something, so that no earlier load is in its memory. */
async function during<Known extends Commands>(
  name: string,
  act: (server: Program<Known>) => Promise<Climb>,
): Promise<Climb> {
  const server = await startProgram<Known>(new URL(name, import.meta.url));
  try {
    return await act(server);
  } finally {
    await server.stop();
  }
}

interface Climbs {
  readonly ours: Climb;
  readonly peer: Climb;
}

const streams = async (clip: string): Promise<Climbs> => ({
  ours: await during<MediaServer>("support/media-server.ts", (server) => climbStreams(server, clip)),
  peer: await during<NodeMediaServerPeer>("peers/media/node-media-server.ts", async (server) => {
    await server.ask("watch");
    return climbStreams(server, clip);
  }),
});

async function viewers(clip: string): Promise<Climbs> {
  const partBytes = Math.round((statSync(clip).size / clipSeconds) * (defaultLengths.part / 1_000));
  return {
    ours: await during<MediaServer>("support/media-server.ts", (server) => climbLiveViewers(server, clip)),
    peer: await during<BareHttpPeer>("peers/media/bare-http.ts", async (server) =>
      climbViewers(server, await server.ask("playbackUrl", partBytes)),
    ),
  };
}

const heldBy = ({ held }: Climb): number => held?.load ?? 0;

const rows = (who: string, unit: "streams" | "viewers", { held, broke }: Climb): Measurement[] => [
  { what: `${who}, held`, unit, samples: [held?.load ?? 0] },
  { what: `${who}, late at`, unit, samples: [broke?.load ?? Number.POSITIVE_INFINITY] },
  ...(held
    ? ([
        { what: `${who}, segments late by, held`, unit: "ms", samples: held.lateness },
        { what: `${who}, memory, held`, unit: "MB", samples: [held.megabytes] },
        { what: `${who}, processor, held`, unit: "% of a core", samples: [held.cpuPercent] },
      ] as const)
    : []),
  ...(broke
    ? ([
        { what: `${who}, segments late by, broken`, unit: "ms", samples: broke.lateness },
        { what: `${who}, sender late by, broken`, unit: "ms", samples: [broke.senderLag] },
      ] as const)
    : []),
];

const ratio = (what: string, { ours, peer }: Climbs, atLeast: number): Goal => ({
  what: `${what}, ours / peer's`,
  value: heldBy(ours) / heldBy(peer),
  bound: { atLeast },
});

export const mediaCapacity: Bench = {
  title:
    `streams of 720p30 at 2 Mbit/s, then low-latency viewers of one, until a segment is ${late} ms late; peers: ` +
    "node-media-server 4.4.3, which hands streams on and cuts no segments (a keyframe stands for one); for the " +
    "viewers a bare node:http server with every answer ready (peers/media)",
  async run() {
    const scratch = mkdtempSync(join(tmpdir(), "onair-media-capacity-"));
    try {
      const clip = join(scratch, "clip.flv");
      await makeClip(clip);
      const held = { streams: await streams(clip), viewers: await viewers(clip) };
      return {
        measurements: [
          ...rows("ours", "streams", held.streams.ours),
          ...rows("node-media-server", "streams", held.streams.peer),
          ...rows("ours", "viewers", held.viewers.ours),
          ...rows("bare node:http", "viewers", held.viewers.peer),
        ],
        goals: [
          {
            what: `streams held, ours / the ${DEFAULT_LIMITS.connections} encoders that are let in`,
            value: heldBy(held.streams.ours) / DEFAULT_LIMITS.connections,
            bound: { atLeast: 1 },
          },
          ratio("streams held", held.streams, 0.3),
          ratio("viewers held", held.viewers, 0.5),
        ],
      };
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
};
