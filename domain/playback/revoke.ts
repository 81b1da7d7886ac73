import type { SessionVersions, ViewerSessions } from "./ports.ts";

export interface RevokePorts {
  readonly versions: SessionVersions;
  readonly sessions: ViewerSessions;
}

/**
 * Ends what viewers watch of a channel. Their version is raised first: a token that is made from then on is good, and
 * all that were made before are not, whatever their end. What broke off is done again by the same call.
 */
export async function revokeViewers(
  { versions, sessions }: RevokePorts,
  channelArn: string,
  viewerIds: readonly string[],
): Promise<void> {
  const revocations = await Promise.all(
    viewerIds.map(async (viewerId) => {
      const version = await versions.raise(channelArn, viewerId);
      return { channelArn, viewerId, upToVersion: version - 1 };
    }),
  );
  await sessions.revoke(revocations);
}
