import type { Account } from "./account.ts";
import type { AccountStore, Clock } from "./ports.ts";

/** Longer than a worker may run (its function's timeout), so that a lease ends only after its holder did. */
const leaseMilliseconds = 60_000;

export interface LeasePorts {
  readonly store: AccountStore;
  readonly clock: Clock;
  /** Names this run; no other has the same. */
  readonly holder: string;
  /** The earlier run that kept the account for this one. */
  readonly turn?: string | undefined;
}

/** The row is no longer what this worker decided on: its lease ran out, or the account's deletion was asked for. */
export class LeaseLostError extends Error {
  readonly code = "ERR_LEASE_LOST";
}

export type LeaseAnswer =
  | { readonly kind: "held"; readonly account: Account }
  /** Somebody works on it, it is kept for a message that was put back, or it was written at the same moment. */
  | { readonly kind: "busy"; readonly why: "busy" | "kept" | "changed"; readonly retryInMilliseconds: number };

/**
 * Takes the account for one worker, unless another has it. The write that takes it can carry more changes.
 *
 * @param keptMilliseconds only keeps the account, for a message that comes after so long
 */
export async function takeLease(
  account: Account,
  changes: Partial<Account>,
  { store, clock, holder, turn }: LeasePorts,
  keptMilliseconds?: number,
): Promise<LeaseAnswer> {
  const now = clock.now();
  const { lease } = account;
  if (lease !== undefined && lease.until > now && lease.holder !== holder && lease.holder !== turn) {
    return { kind: "busy", why: lease.isKept ? "kept" : "busy", retryInMilliseconds: lease.until - now };
  }
  const mine = {
    ...account,
    ...changes,
    lease:
      keptMilliseconds === undefined
        ? { holder, until: now + leaseMilliseconds }
        : { holder, until: now + keptMilliseconds + leaseMilliseconds, isKept: true as const },
    version: account.version + 1,
  };
  const isMine = await store.write(mine, account.version);
  return isMine ? { kind: "held", account: mine } : { kind: "busy", why: "changed", retryInMilliseconds: 1000 };
}

/**
 * Writes changes to an account that is held; `undefined` takes a field off.
 *
 * @throws LeaseLostError when somebody else wrote the row meanwhile.
 */
export async function save(account: Account, changes: Partial<Account>, store: AccountStore): Promise<Account> {
  const changed = { ...account, ...changes, version: account.version + 1 };
  if (!(await store.write(changed, account.version))) {
    throw new LeaseLostError(`The account ${account.sub} was changed by somebody else.`);
  }
  return changed;
}

const mostReleases = 5;

/**
 * Gives an account free that is held. What others wrote meanwhile, such as the request for its deletion, stays, and a
 * lease that is another's by now is left alone. Where the row changes all the time, the lease runs out by itself.
 */
export async function release(held: Account, { store, holder }: LeasePorts): Promise<void> {
  let account: Account | undefined = held;
  for (let tries = 0; tries < mostReleases && account?.lease?.holder === holder; tries++) {
    const free = { ...account, lease: undefined, version: account.version + 1 };
    if (await store.write(free, account.version)) return;
    account = await store.read(account.sub);
  }
}
