import { type LeasePorts, release, takeLease } from "../accounts/lease.ts";
import type { Profile, Profiles } from "../profiles/profile.ts";
import type { Audience } from "./entitlement.ts";

/** Private and public, as IVS knows a channel. */
export interface ChannelAccess {
  /**
   * Makes a channel so, and looks whether it is. One that is live is not changed; "changed" also when it was so before.
   *
   * @throws ServiceError
   */
  set(channelArn: string, access: "public" | "private"): Promise<"changed" | "live">;
}

export interface ChangeAccessPorts extends LeasePorts {
  readonly channels: ChannelAccess;
  readonly profiles: Pick<Profiles, "bySub" | "edit">;
}

/** What a channel is to be. */
export type AccessChange = { readonly access: "public" } | { readonly access: "private"; readonly audience: Audience };

export type AccessOutcome = "changed" | "live" | "busy" | "gone";

/**
 * Makes a channel private or public, or changes who may watch a private one. One change at a time: two at once could
 * leave the row and the channel different. Whatever breaks off between the two, a row never calls private what everyone
 * can watch: a channel is made private before its row, and public after it. The same call again ends it.
 *
 * @throws ServiceError
 */
export async function changeAccess(
  sub: string,
  change: AccessChange,
  ports: ChangeAccessPorts,
): Promise<AccessOutcome> {
  const { profiles, store } = ports;
  const [account, profile] = await Promise.all([store.read(sub), profiles.bySub(sub)]);
  if (account?.stage !== "complete" || account.channelArn === undefined || !profile) return "gone";
  if (profile.access !== change.access && profile.live.live) return "live";
  const lease = await takeLease(account, {}, ports);
  if (lease.kind === "busy") return "busy";
  try {
    const switching = { channelArn: account.channelArn, profile, ports };
    return await (change.access === "private" ? close(switching, change.audience) : open(switching));
  } finally {
    await release(lease.account, ports);
  }
}

interface Switching {
  readonly channelArn: string;
  readonly profile: Profile;
  readonly ports: ChangeAccessPorts;
}

async function close({ channelArn, profile, ports }: Switching, audience: Audience): Promise<AccessOutcome> {
  if ((await ports.channels.set(channelArn, "private")) === "live") return "live";
  return (await ports.profiles.edit(profile.sub, { access: "private", audience })) ? "changed" : "gone";
}

async function open({ channelArn, profile, ports }: Switching): Promise<AccessOutcome> {
  const { access, audience = null } = profile;
  if (!(await ports.profiles.edit(profile.sub, { access: "public", audience: null }))) return "gone";
  if ((await ports.channels.set(channelArn, "public")) === "changed") return "changed";
  // It went live meanwhile, and is as private as before.
  await ports.profiles.edit(profile.sub, { access, audience });
  return "live";
}
