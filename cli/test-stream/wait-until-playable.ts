import { setTimeout as sleep } from "node:timers/promises";
import type { IvsClient } from "@aws-sdk/client-ivs";
import type { Channel } from "#aws/ivs/channels.ts";
import { readStream } from "#aws/ivs/streams.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";

/** Amazon IVS needs some seconds. */
const playableTimeoutSeconds = 60;
/** Twice a second: the service allows five calls. */
const pollMilliseconds = 500;
const fetchTimeoutMilliseconds = 5000;

/**
 * Waits until a stream that is being sent can be watched: GetStream says LIVE, and the playback URL answers with a
 * multivariant playlist. That of a private channel answers to a token only, and is not asked.
 *
 * @throws CliError NOT_LIVE, or the signal's reason
 */
export async function waitUntilPlayable(
  ivs: IvsClient,
  channel: Channel,
  signal: AbortSignal,
  tell: Progress,
): Promise<void> {
  const deadline = performance.now() + playableTimeoutSeconds * 1000;
  tell(`waiting until GetStream says LIVE, at most ${playableTimeoutSeconds} s`);
  const state = await pollUntil(deadline, signal, async () => {
    const stream = await readStream(ivs, channel.arn);
    return { done: stream !== undefined, saw: "GetStream says that the channel is not broadcasting." };
  });
  if (state !== "done") throw notLive(channel, state);
  if (channel.isPrivate) return;
  tell("waiting for the playlist");
  const playlist = await pollUntil(deadline, signal, () => askPlaylist(channel.playbackUrl));
  if (playlist !== "done") throw notLive(channel, playlist);
}

interface Look {
  readonly done: boolean;
  /** For the case that it stays so. */
  readonly saw: string;
}

async function pollUntil(deadline: number, signal: AbortSignal, look: () => Promise<Look>): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const { done, saw } = await look();
    if (done) return "done";
    if (performance.now() > deadline) return saw;
    await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

async function askPlaylist(url: string): Promise<Look> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMilliseconds) });
    const text = await response.text();
    return { done: response.ok && text.includes("#EXT-X-STREAM-INF"), saw: `${url} answers ${response.status}.` };
  } catch (error) {
    const { cause, message } = error as Error;
    return { done: false, saw: `${url} does not answer: ${cause instanceof Error ? cause.message : message}.` };
  }
}

function notLive({ name }: Channel, saw: string): CliError {
  return new CliError(
    "NOT_LIVE",
    `Channel ${name} cannot be played ${playableTimeoutSeconds} s after its stream was taken.`,
    saw,
    `The stream was ended. See: onair status, then: onair test-stream ${name}`,
  );
}
