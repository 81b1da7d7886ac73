import * as v from "valibot";
import type { RunChannel } from "./run-file.ts";

const outputs = v.object({
  channels: v.record(v.string(), v.object({ arn: v.string(), playback_url: v.string(), room_arn: v.string() })),
});

/**
 * The house's channels, from the platform stack's output `channels`.
 *
 * @param names in the order in which they are shown; Terraform knows only that of the alphabet
 */
export function channelsOf(stackOutputs: Readonly<Record<string, unknown>>, names: readonly string[]): RunChannel[] {
  return Object.entries(v.parse(outputs, stackOutputs).channels)
    .map(([name, channel]) => ({
      name,
      arn: channel.arn,
      playbackUrl: channel.playback_url,
      roomArn: channel.room_arn,
    }))
    .sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
}
