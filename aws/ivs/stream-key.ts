import type { IvsClient } from "@aws-sdk/client-ivs";
import { GetStreamKeyCommand, ListStreamKeysCommand } from "@aws-sdk/client-ivs";
import { IvsError } from "./ivs-error.ts";

/**
 * The key by which an encoder may send to a channel, which has at most one. It is a secret: keep it out of logs, arguments
 * and errors.
 *
 * @throws IvsError STREAM_KEY_MISSING
 */
export async function readStreamKey(ivs: IvsClient, channelArn: string): Promise<string> {
  const { streamKeys = [] } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  const arn = streamKeys[0]?.arn;
  const { streamKey } = arn === undefined ? {} : await ivs.send(new GetStreamKeyCommand({ arn }));
  if (streamKey?.value === undefined) {
    throw new IvsError("STREAM_KEY_MISSING", `Channel ${channelArn} has no stream key.`);
  }
  return streamKey.value;
}
