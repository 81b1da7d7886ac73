import { setTimeout as sleep } from "node:timers/promises";
import { defaultLengths } from "#local/media/hls/cut.ts";
import { type Climb, climb, type Step } from "./climb.ts";
import type { MediaServer } from "./media-server.ts";
import type { Commands } from "./obey.ts";
import { type Program, startProgram } from "./program.ts";
import type { Sender } from "./sender.ts";
import type { Viewers } from "./viewers.ts";

/** A segment is late when it is out more than half a part after its last picture was due, in milliseconds. */
export const late = defaultLengths.part / 2;

const steps = { late, first: 64, growth: 1.4, most: 3_000 };
/** Viewers cost less than streams: to begin with more of them saves two steps. */
const firstViewers = 128;
/** Long enough that each stream ends a segment, in milliseconds. */
const hold = 2_500;
/** Long enough for all steps of one climb. */
const streamSeconds = 120;

/** What servers that take streams can be asked for. */
type TakesStreams = Pick<MediaServer, "address" | "lateness">;
type Seen = Pick<Step, "lateness" | "senderLag" | "lost">;

/** Watches for as long as a step is held: what was late, and what the server took of the machine. */
const watch =
  ({ usage }: Program<Commands>, look: () => Promise<Seen>) =>
  async () => {
    await look();
    const before = await usage();
    const from = performance.now();
    await sleep(hold);
    const { cpuMilliseconds, megabytes } = await usage();
    const cpuPercent = ((cpuMilliseconds - before.cpuMilliseconds) / (performance.now() - from)) * 100;
    return { ...(await look()), megabytes, cpuPercent };
  };

const startSender = async (clip: string): Promise<Program<Sender>> => {
  const sender = await startProgram<Sender>(new URL("sender.ts", import.meta.url));
  await sender.ask("load", clip, streamSeconds);
  return sender;
};

/** More and more encoders that send the clip. */
export async function climbStreams(server: Program<TakesStreams>, clip: string): Promise<Climb> {
  const { rtmpPort, app } = await server.ask("address");
  const sender = await startSender(clip);
  const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `bench-${from + index}`);
  try {
    return await climb({
      ...steps,
      add: (before, load) => sender.ask("add", rtmpPort, app, keys(before, load)),
      watch: watch(server, async () => {
        const lateness = await server.ask("lateness");
        const { lags, lost } = await sender.ask("lateness");
        return { lateness, senderLag: Math.max(0, ...lags), lost };
      }),
    });
  } finally {
    await sender.stop();
  }
}

/** More and more low-latency viewers of one stream. */
export async function climbViewers(server: Program<Commands>, url: string, sender?: Program<Sender>): Promise<Climb> {
  const viewers = await startProgram<Viewers>(new URL("viewers.ts", import.meta.url));
  try {
    return await climb({
      ...steps,
      first: firstViewers,
      add: (before, load) => viewers.ask("watch", url, load - before),
      watch: watch(server, async () => {
        const { lags } = (await sender?.ask("lateness")) ?? { lags: [] };
        return { ...(await viewers.ask("lateness")), senderLag: Math.max(0, ...lags) };
      }),
    });
  } finally {
    await viewers.stop();
  }
}

/** The same of a stream that is being sent to our server. */
export async function climbLiveViewers(server: Program<MediaServer>, clip: string): Promise<Climb> {
  const streamKey = "watched";
  const { rtmpPort, app } = await server.ask("address");
  const sender = await startSender(clip);
  try {
    await sender.ask("add", rtmpPort, app, [streamKey]);
    await sleep(3 * defaultLengths.segment);
    return await climbViewers(server, await server.ask("playbackUrl", streamKey), sender);
  } finally {
    await sender.stop();
  }
}
