import { release, takeLease } from "../accounts/lease.ts";
import type { AccessOutcome, ChangeAccessPorts } from "../playback/change-access.ts";

/**
 * Makes a user's channel private or public, as the account's row says. The row is read while the account is held: its
 * owner may be changing it, and a channel is private before its row says so.
 *
 * @throws ServiceError
 */
export async function settleAccess(sub: string, ports: ChangeAccessPorts): Promise<AccessOutcome> {
  const account = await ports.store.read(sub);
  if (account?.stage !== "complete" || account.channelArn === undefined) return "gone";
  const lease = await takeLease(account, {}, ports);
  if (lease.kind === "busy") return "busy";
  try {
    const profile = await ports.profiles.bySub(sub);
    return profile === undefined ? "gone" : await ports.channels.set(account.channelArn, profile.access);
  } finally {
    await release(lease.account, ports);
  }
}
