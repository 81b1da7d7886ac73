import type { AccessLists } from "./ports.ts";
import { type RevokePorts, revokeViewers } from "./revoke.ts";

export interface UnlistPorts extends RevokePorts {
  readonly lists: Pick<AccessLists, "remove">;
}

/** Who is to be taken off whose list. */
export interface Unlisting {
  readonly ownerSub: string;
  readonly sub: string;
  /** The owner's channel, where it is a private one for the listed. */
  readonly listedChannelArn: string | undefined;
}

/**
 * Takes somebody off the list of those who may watch, and ends what they watch; false when they were not on it. Their
 * sessions are ended also then: an earlier call may have broken off before that.
 *
 * @throws ServiceError
 */
export async function unlist(ports: UnlistPorts, { ownerSub, sub, listedChannelArn }: Unlisting): Promise<boolean> {
  const wasListed = await ports.lists.remove(ownerSub, sub);
  if (listedChannelArn !== undefined) await revokeViewers(ports, listedChannelArn, [sub]);
  return wasListed;
}
