import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readStream } from "#aws/ivs/streams.ts";
import { type AwsTarget, localTarget, type Target } from "../../onair/target.ts";
import type { Project } from "../../project.ts";
import type { RunContext } from "../../run-context.ts";
import { readCloudReady } from "../../start/ready-file.ts";
import { CliError } from "../../terminal/cli-error.ts";
import { broadcast } from "../../test-stream/broadcast.ts";
import { onRecordedStream } from "./on-recorded-stream.ts";
import { onStream } from "./on-stream.ts";
import type { Lab, Probe } from "./probe.ts";
import type { Result } from "./report.ts";

/** What is asked of a channel that is live, and of what it leaves. */
export const liveProbes: readonly Probe[] = [...onStream, ...onRecordedStream];

/** After the last frame, until IVS says that the stream is over. */
const TRIES = 60;
const WAIT = 1000;

/** Sends the test clip to the run's channel, asks, and stops. Where nothing can be sent, nothing is told. */
export async function askLive(
  context: RunContext,
  target: AwsTarget,
  lab: Lab,
  ask: (probe: Probe) => Promise<Result>,
): Promise<readonly Result[]> {
  const { terminal, project, signal, again } = context;
  const { channelArn: channel } = lab.stack;
  const options = { project, target: takerOfStreams(project, target), channel, signal, again };
  try {
    const live = await terminal.step("Go live", async (tell) => ({ value: await broadcast({ ...options, tell }) }));
    const results: Result[] = [];
    try {
      for (const probe of onStream) results.push(await ask(probe));
    } finally {
      await live.encoder.stop();
      lab.used.streamedHours += live.encoder.sent.seconds / 3600;
      await whileLive(lab);
    }
    for (const probe of onRecordedStream) results.push(await ask(probe));
    return results;
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof CliError)) throw thrown;
    // What was sent until it was given up is not known, and is at most the minute for which a stream is waited for.
    lab.used.streamedHours += 1 / 60;
    return liveProbes.map(({ place, fact }) => ({ place, fact, agrees: undefined, seen: `no stream: ${thrown.what}` }));
  }
}

/** A live channel can neither be changed nor removed. */
async function whileLive({ ivs, stack }: Lab): Promise<void> {
  for (let left = TRIES; left > 0; left -= 1) {
    if ((await readStream(ivs, stack.channelArn)) === undefined) return;
    await sleep(WAIT);
  }
}

/** The service names a bare host for encoders; a local cloud in this folder says its own port. */
function takerOfStreams(project: Project, target: AwsTarget): Target {
  const ready = readCloudReady(join(project.folder, "run.json"));
  return ready !== undefined && ready.endpoint === target.endpoint ? localTarget(project, ready) : target;
}
