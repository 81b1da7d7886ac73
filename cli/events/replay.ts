import { SQSClient } from "@aws-sdk/client-sqs";
import { countMessages, type Moved, moveMessages } from "#aws/queue/move-messages.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { jsonAnswer, jsonFailure } from "../onair/json-result.ts";
import { queueOf, readPlatform } from "../onair/platform.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ReplayOptions } from "./verb.ts";

/** What happened to a queue's dead letters. */
export interface Replay extends Moved {
  readonly queue: string;
  /** About how many there were. */
  readonly found: number;
  readonly dryRun: boolean;
}

/** `onair events replay`; returns the exit code. */
export async function replayEvents(terminal: Terminal, options: ReplayOptions): Promise<number> {
  const { queue, limit, dryRun = false, json = false } = options;
  const again = `onair events replay --queue ${queue}`;
  const platform = await readPlatform(terminal, options, again);
  const { url, deadLettersUrl } = queueOf(platform, queue);
  const sqs = new SQSClient({ region: platform.target.region });
  try {
    const found = await countMessages(sqs, deadLettersUrl);
    const nothing: Moved = { moved: 0, left: 0 };
    const moved = dryRun ? nothing : await moveMessages(sqs, { from: deadLettersUrl, to: url, limit });
    const replay: Replay = { queue, found, dryRun, ...moved };
    const refused = refusal(replay, again);
    if (json) terminal.answer(refused ? jsonFailure("events", refused, replay) : jsonAnswer("events", replay));
    else terminal.answer(replayLine(replay));
    return refused ? terminal.fail(refused) : 0;
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    sqs.destroy();
  }
}

function replayLine({ queue, found, dryRun, moved }: Replay): string {
  if (dryRun) return `${queue}: about ${found} dead letters; nothing was moved.`;
  return `${queue}: ${moved === 0 ? "no" : moved} dead letters put back.`;
}

function refusal({ queue, left }: Replay, again: string): CliError | undefined {
  if (left === 0) return undefined;
  const why = "They are among the dead letters still, hidden for a minute.";
  return new CliError("AWS_REFUSED", `The queue of ${queue} did not take ${left} messages.`, why, `Then: ${again}`);
}
