import { IvsClient } from "@aws-sdk/client-ivs";
import { findChannel } from "#aws/ivs/channels.ts";
import { readStreamKey } from "#aws/ivs/stream-key.ts";
import { ivsFailure } from "../onair/ivs-failure.ts";
import type { TargetOptions } from "../onair/options.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { ingestUrl } from "../test-stream/ingest-url.ts";

/**
 * `onair stream-key`: the key is the answer, alone, so that it can be piped to where it is kept; what an encoder such as OBS
 * asks for beside it is said on stderr. Returns the exit code.
 */
export async function showStreamKey(terminal: Terminal, asked: string, options: TargetOptions): Promise<number> {
  const again = `onair stream-key ${asked}`;
  const { aws = false, folder } = options;
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  const ivs = new IvsClient({ region: /^arn:[^:]+:ivs:([^:]+):/.exec(asked)?.[1] ?? target.region });
  try {
    const channel = await findChannel(ivs, asked);
    const streamKey = await readStreamKey(ivs, channel.arn);
    const plain = target.kind === "local" ? `${ingestUrl(target, channel, true)}, or by TLS ` : "";
    terminal.note(`Server: ${plain}${ingestUrl(target, channel, false)}`);
    terminal.note("Stream key, a secret: whoever has it can go live on the channel.");
    terminal.answer(streamKey);
    return 0;
  } catch (thrown) {
    throw ivsFailure(thrown, again, asked);
  } finally {
    ivs.destroy();
  }
}
