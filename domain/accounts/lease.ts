import type { Account } from "./account.ts";
import type { AccountStore, Clock } from "./ports.ts";

/** Longer than a worker may run (its function's timeout), so that a lease ends only after its holder did. */
const leaseMilliseconds = 60_000;

export interface LeasePorts {
  readonly store: AccountStore;
  readonly clock: Clock;
  /** Names this run; no other has the same. */
  readonly holder: string;
}

/** The row is no longer what this worker decided on: its lease ran out, or the account's deletion was asked for. */
export class LeaseLostError extends Error {
  readonly code = "ERR_LEASE_LOST";
}

export type LeaseAnswer =
  | { readonly kind: "held"; readonly account: Account }
  | { readonly kind: "busy"; readonly retryInMilliseconds: number };

/** Takes the account for one worker, unless another has it. The write that takes it can carry more changes. */
export async function takeLease(account: Account, changes: Partial<Account>, ports: LeasePorts): Promise<LeaseAnswer> {
  const now = ports.clock.now();
  const { lease } = account;
  if (lease !== undefined && lease.until > now && lease.holder !== ports.holder) {
    return { kind: "busy", retryInMilliseconds: lease.until - now };
  }
  const mine = {
    ...account,
    ...changes,
    lease: { holder: ports.holder, until: now + leaseMilliseconds },
    version: account.version + 1,
  };
  const isMine = await ports.store.write(mine, account.version);
  return isMine ? { kind: "held", account: mine } : { kind: "busy", retryInMilliseconds: 1000 };
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
