import type { CreateChannelRequest, MultitrackInputConfiguration } from "@aws-sdk/client-ivs";
import type { Multitrack } from "#domain/converge/state.ts";

/** How a channel takes several renditions; null where it takes one. */
export function multitrackOf(configuration: MultitrackInputConfiguration = {}): Multitrack | null {
  const { enabled = false, policy, maximumResolution } = configuration;
  return enabled && policy && maximumResolution ? { policy, maximumResolution } : null;
}

/**
 * What to say of it when a channel is made or changed. Several renditions need fragmented MP4, by the API reference
 * (MultitrackInputConfiguration); a channel that is to take one again keeps its container, which one rendition may have, too.
 */
export const multitrackInput = (
  multitrack: Multitrack | null,
): Pick<CreateChannelRequest, "multitrackInputConfiguration" | "containerFormat"> =>
  multitrack === null
    ? { multitrackInputConfiguration: { enabled: false } }
    : { multitrackInputConfiguration: { enabled: true, ...multitrack }, containerFormat: "FRAGMENTED_MP4" };
