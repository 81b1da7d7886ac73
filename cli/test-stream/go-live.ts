import { localTarget } from "../onair/target.ts";
import type { RunContext } from "../run-context.ts";
import type { CloudReady } from "../start/ready-file.ts";
import type { CliError } from "../terminal/cli-error.ts";
import type { Progress } from "../terminal/terminal.ts";
import { broadcast } from "./broadcast.ts";
import type { Encoder } from "./encoder.ts";

/** A test clip on a channel of the local cloud. */
export interface LiveChannel {
  /** Settles when the channel can be watched. @throws CliError */
  readonly ready: Promise<void>;
  /** Resolves, with the reason, when the stream ends without our doing. */
  readonly lost: Promise<CliError>;
  /** Ends the stream, or what would have become one; never rejects. */
  stop(): Promise<void>;
}

/**
 * Goes live with the test clip on a channel of a local cloud that runs. This process must have the cloud's own environment
 * already. It stays live until it is stopped or the context's signal is aborted.
 *
 * @param channelName name or ARN
 * @param tell told what takes time: on a first start ffmpeg is installed
 */
export function goLive(
  context: RunContext,
  cloud: CloudReady,
  channelName: string,
  tell: Progress = () => undefined,
): LiveChannel {
  const { project, again } = context;
  const own = new AbortController();
  const signal = AbortSignal.any([context.signal, own.signal]);
  const target = localTarget(project, cloud);
  let encoder: Encoder | undefined;
  let tellLost: (reason: CliError) => void = () => undefined;
  const lost = new Promise<CliError>((resolve) => {
    tellLost = resolve;
  });
  const ready = broadcast({ project, target, channel: channelName, signal, again, tell }).then((live) => {
    encoder = live.encoder;
    encoder.ended.catch((error: CliError) => {
      if (!signal.aborted) tellLost(error);
    });
  });
  // Whoever waits is told; nobody has to wait.
  ready.catch(() => undefined);
  const stop = async () => {
    own.abort();
    await ready.catch(() => undefined);
    await encoder?.stop();
  };
  signal.addEventListener("abort", () => void stop(), { once: true });
  return { ready, lost, stop };
}
