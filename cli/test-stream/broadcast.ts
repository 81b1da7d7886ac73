import { IvsClient } from "@aws-sdk/client-ivs";
import type { Channel } from "#aws/ivs/channels.ts";
import { findChannel } from "#aws/ivs/channels.ts";
import { readStreamKey } from "#aws/ivs/stream-key.ts";
import type { Target } from "../onair/target.ts";
import type { Project } from "../project.ts";
import type { Progress } from "../terminal/terminal.ts";
import type { Encoder, EncoderOrder } from "./encoder.ts";
import { startEncoder } from "./encoder.ts";
import { ingestUrl } from "./ingest-url.ts";
import { waitUntilPlayable } from "./wait-until-playable.ts";

export interface BroadcastOptions {
  readonly project: Project;
  readonly target: Target;
  /** Name or ARN. */
  readonly channel: string;
  /** @default the test clip */
  readonly file?: string | undefined;
  /** By RTMP instead of RTMPS. @default false */
  readonly plain?: boolean;
  /** Ends what was begun. */
  readonly signal: AbortSignal;
  readonly again: string;
  readonly tell: Progress;
}

/** A channel that is live by our doing. */
export interface Broadcast {
  readonly channel: Channel;
  readonly encoder: Encoder;
  readonly order: EncoderOrder;
}

/**
 * Sends a stream to a channel, and waits until it can be watched.
 *
 * @throws CliError, or the signal's reason; nothing is sent any more then
 */
export async function broadcast(options: BroadcastOptions): Promise<Broadcast> {
  const { project, target, channel: asked, file, plain = false, signal, again, tell } = options;
  // An ARN says its own region.
  const ivs = new IvsClient({ region: /^arn:[^:]+:ivs:([^:]+):/.exec(asked)?.[1] ?? target.region });
  let encoder: Encoder | undefined;
  try {
    tell("asking for the channel");
    const channel = await findChannel(ivs, asked);
    const url = ingestUrl(target, channel, plain);
    const streamKey = await readStreamKey(ivs, channel.arn);
    signal.throwIfAborted();
    const certificate = target.kind === "local" ? target.certificate : undefined;
    const order = { url, streamKey, file, certificate };
    tell("starting the encoder");
    encoder = startEncoder({ project, order, channel: asked, again, tell });
    const stopped = new AbortController();
    const either = AbortSignal.any([signal, stopped.signal]);
    encoder.ended.catch((error: unknown) => stopped.abort(error));
    await Promise.race([encoder.published, aborted(either)]);
    await waitUntilPlayable(ivs, channel, either, tell);
    return { channel, encoder, order };
  } catch (thrown) {
    await encoder?.stop();
    // Loaded with more of the SDK than what went well needs.
    const { ivsFailure } = await import("../onair/ivs-failure.ts");
    throw ivsFailure(thrown, again, asked);
  } finally {
    ivs.destroy();
  }
}

/** Rejects with the reason once the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
