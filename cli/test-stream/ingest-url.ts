import type { Channel } from "#aws/ivs/channels.ts";
import type { Target } from "../onair/target.ts";
import { CliError } from "../terminal/cli-error.ts";

/**
 * Where an encoder sends to, without the stream key. The local cloud's own address is in its files, because the service
 * names a bare host, and leaves no place for a port.
 *
 * @param plain by RTMP instead of RTMPS
 * @throws CliError STREAM_REFUSED for plain RTMP to a channel on AWS that does not allow it
 */
export function ingestUrl(target: Target, channel: Channel, plain: boolean): string {
  if (target.kind === "local") {
    const { rtmpUrl, rtmpsUrl } = target.ready;
    const url = plain ? rtmpUrl : rtmpsUrl;
    if (url !== undefined) return url;
    throw new CliError("NOT_ANSWERING", "This local cloud takes no streams.", "", "End it, then: npm start");
  }
  if (!plain) return `rtmps://${channel.ingestEndpoint}:443/app/`;
  if (channel.insecureIngest) return `rtmp://${channel.ingestEndpoint}:1935/app/`;
  throw new CliError(
    "STREAM_REFUSED",
    `Channel ${channel.name} takes no plain RTMP.`,
    "Its insecureIngest is false. Nothing was sent.",
    "Leave --rtmp out.",
  );
}
