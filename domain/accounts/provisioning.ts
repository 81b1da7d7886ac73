import type { Profiles } from "../profiles/profile.ts";
import type { Account } from "./account.ts";
import { type LeasePorts, takeLease } from "./lease.ts";
import { makeOne } from "./make-one.ts";
import { done, later, type Outcome } from "./outcome.ts";
import type { OwnedChannels, OwnedResources } from "./ports.ts";
import { postpone } from "./postpone.ts";
import { isGone } from "./service-error.ts";

export interface ProvisioningPorts extends LeasePorts {
  readonly channels: OwnedChannels;
  readonly rooms: OwnedResources;
  readonly profiles: Pick<Profiles, "bySub">;
}

async function makeChannelAndRoom(held: Account, isFirstTry: boolean, ports: ProvisioningPorts) {
  const { store, channels, rooms, profiles } = ports;
  let account = held;
  let isFirst = isFirstTry;
  if (account.stage === "channel") {
    // The channel of an account that was complete before may be a private one; nothing changes that meanwhile.
    const create = async (sub: string) => channels.create(sub, (await profiles.bySub(sub))?.access ?? "public");
    const channel = {
      field: "channelArn",
      resources: { ...channels, create },
      next: async (arn: string) => ({
        stage: "room" as const,
        addresses: await channels.addresses(arn),
        quotaSince: undefined,
      }),
    } as const;
    account = await makeOne(account, channel, isFirst, store);
    isFirst = true;
  }
  const next = async () => ({ stage: "complete" as const, quotaSince: undefined, lease: undefined });
  await makeOne(account, { field: "roomArn", resources: rooms, next }, isFirst, store);
}

/**
 * Brings a reserved account to its channel, its room and completion; a finished, leaving or unknown one is left alone.
 * It may be called any number of times, by several workers at once, and after any crash: the row says how far it came.
 * A quota of the service (402) shows on the row until it is raised; a refused rate waits. A channel that somebody
 * removed by hand before it was done is made again.
 *
 * @throws whatever is no refusal of the service: the message is to be delivered again.
 */
export async function provision(sub: string, ports: ProvisioningPorts): Promise<Outcome> {
  const account = await ports.store.read(sub);
  const stage = account?.stage;
  if (account === undefined || !(stage === "reserved" || stage === "channel" || stage === "room")) return done;
  const isFirstTry = stage === "reserved";
  const lease = await takeLease(account, isFirstTry ? { stage: "channel" } : {}, ports);
  if (lease.kind === "busy") return later(lease.why, lease.retryInMilliseconds);
  try {
    await makeChannelAndRoom(lease.account, isFirstTry, ports);
    return done;
  } catch (error) {
    return postpone(error, sub, ports, isGone(error) ? { channelArn: undefined } : {});
  }
}
