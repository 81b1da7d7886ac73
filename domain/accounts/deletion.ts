import { type Account, type DeletionStep, deletionSteps, isUnfinished, lastLookSteps } from "./account.ts";
import { LeaseLostError, type LeasePorts, save, takeLease } from "./lease.ts";
import { done, later, type Outcome, type Postponement } from "./outcome.ts";
import type {
  AccountStore,
  Belongings,
  OwnedChannels,
  OwnedResources,
  StreamKeys,
  StreamStopper,
  Users,
  WorkQueue,
} from "./ports.ts";
import { postpone } from "./postpone.ts";
import { ServiceError } from "./service-error.ts";

export interface DeletionPorts extends LeasePorts {
  readonly channels: OwnedChannels;
  readonly rooms: OwnedResources;
  readonly keys: StreamKeys;
  readonly streams: StreamStopper;
  readonly objects: Belongings;
  /** The user's further rows; the account's own row goes last, or nothing would know that work is left. */
  readonly records: Belongings;
  readonly users: Users;
}

/** Longer than any token of the user, or message about the user, lives. */
const gravestoneDays = 30;
const mostTries = 12;

/**
 * Asks for an account's deletion: from now on no step of provisioning or key reset changes the row any more.
 *
 * @throws LeaseLostError when others changed the row twelve times in a row.
 */
export async function requestDeletion(sub: string, ports: { readonly store: AccountStore; readonly queue: WorkQueue }) {
  for (let tries = 0; tries < mostTries; tries++) {
    const account = await ports.store.read(sub);
    if (account === undefined || account.stage === "deleted") return;
    const changes = { stage: "deleting", deletionStep: "key", keyReset: undefined, quotaSince: undefined } as const;
    const deleting = { ...account, ...changes, version: account.version + 1 };
    if (account.stage === "deleting" || (await ports.store.write(deleting, account.version))) {
      return ports.queue.send(sub, 0);
    }
  }
  throw new LeaseLostError(`The account ${sub} was changed by others ${mostTries} times in a row.`);
}

/** All that carry the user's tag, and the one that the row names. */
async function allOf(
  resources: Pick<OwnedResources, "find">,
  sub: string,
  named: string | undefined,
): Promise<Set<string>> {
  return new Set([...(named === undefined ? [] : [named]), ...(await resources.find(sub))]);
}

type Step = (account: Account, ports: DeletionPorts) => Promise<Postponement | undefined>;

const steps: Readonly<Record<DeletionStep, Step>> = {
  async key({ sub, channelArn }, { channels, keys }) {
    for (const arn of await allOf(channels, sub, channelArn)) {
      for (const keyArn of await keys.list(arn)) await keys.remove(keyArn);
    }
    return undefined;
  },
  async stream({ sub, channelArn }, { channels, streams }) {
    const answers = [];
    for (const arn of await allOf(channels, sub, channelArn)) answers.push(await streams.stop(arn));
    return answers.includes("stopping") ? "still-live" : undefined;
  },
  async channel({ sub, channelArn }, { channels }) {
    for (const arn of await allOf(channels, sub, channelArn)) await channels.remove(arn);
    return undefined;
  },
  async room({ sub, roomArn }, { rooms }) {
    for (const arn of await allOf(rooms, sub, roomArn)) await rooms.remove(arn);
    return undefined;
  },
  objects: async ({ sub }, { objects }) => ((await objects.removeSome(sub)) === "more" ? "more-to-remove" : undefined),
  records: async ({ sub }, { records }) => ((await records.removeSome(sub)) === "more" ? "more-to-remove" : undefined),
  async user({ sub }, { users }) {
    await users.remove(sub);
    return undefined;
  },
};

/**
 * Puts the gravestone in the account's place. It is kept from others until the last look is due, and says until then
 * what the account had, so that this can be looked for again.
 */
async function bury(account: Account, { store, clock, holder }: DeletionPorts): Promise<Outcome> {
  const { sub, channelArn, roomArn, version } = account;
  const lastLook = later("last-look");
  const now = clock.now();
  const gravestone: Account = {
    ...{ sub, name: "", stage: "deleted", deletionStep: lastLookSteps[0], version: version + 1 },
    ...(channelArn !== undefined && { channelArn }),
    ...(roomArn !== undefined && { roomArn }),
    lease: { holder, until: now + lastLook.retryInMilliseconds, isKept: true },
    expiresAt: Math.ceil(now / 1000) + gravestoneDays * 86_400,
  };
  return (await store.bury(account, gravestone)) ? lastLook : later("changed");
}

/** What a gravestone says when nothing is left to do. */
const bare: Partial<Account> = {
  deletionStep: undefined,
  channelArn: undefined,
  roomArn: undefined,
  lease: undefined,
};

async function runSteps(held: Account, ports: DeletionPorts): Promise<Outcome> {
  const isGravestone = held.stage === "deleted";
  const order: readonly DeletionStep[] = isGravestone ? lastLookSteps : deletionSteps;
  let account = held;
  for (const step of order.slice(order.indexOf(held.deletionStep ?? "key"))) {
    if (account.deletionStep !== step) account = await save(account, { deletionStep: step }, ports.store);
    const why = await steps[step](account, ports);
    if (why !== undefined) {
      await save(account, { lease: undefined }, ports.store);
      return later(why);
    }
  }
  if (!isGravestone) return bury(account, ports);
  await save(account, bare, ports.store);
  return done;
}

/**
 * Takes an account away whose deletion was asked for: its key first, so that the encoder cannot come back, then its
 * stream, whose end is waited for, its channel, room, objects, rows and user; last its row becomes a gravestone. Each
 * step is written before it is done and harmless when done twice. A channel that is live after all is one whose key
 * came back, so it begins again with the key. A minute after the gravestone objects and rows are looked for once more:
 * a request that was let in before may have written some.
 *
 * @throws whatever is no refusal of the service: the message is to be delivered again.
 */
export async function deleteAccount(sub: string, ports: DeletionPorts): Promise<Outcome> {
  const account = await ports.store.read(sub);
  const isGoing = account?.stage === "deleting" || account?.stage === "deleted";
  if (!isGoing || !isUnfinished(account)) return done;
  const lease = await takeLease(account, {}, ports);
  if (lease.kind === "busy") return later(lease.why, lease.retryInMilliseconds);
  try {
    return await runSteps(lease.account, ports);
  } catch (error) {
    const isLive = error instanceof ServiceError && error.code === "CONFLICT";
    return postpone(error, sub, ports, isLive ? { deletionStep: "key" } : {});
  }
}
