import { type AccountState, accountState, isUnfinished } from "./account.ts";
import { firstChannelName } from "./names/first-name.ts";
import type { AccountStore, WorkQueue } from "./ports.ts";

export interface SignUpPorts {
  readonly store: AccountStore;
  readonly queue: WorkQueue;
  /** 4 to 8 small letters or digits, others each time. */
  readonly randomName: () => string;
}

/** Every name that was tried is taken. */
class NoFreeNameError extends Error {
  readonly code = "ERR_NO_FREE_NAME";
}

const mostNames = 5;

async function reserve(sub: string, nickname: string, { store, randomName }: SignUpPorts) {
  for (let tries = 0; tries < mostNames; tries++) {
    const name = firstChannelName(nickname, randomName());
    const outcome = await store.reserve({ sub, name, stage: "reserved", version: 0 }, nickname);
    if (outcome !== "name-taken") return;
  }
  throw new NoFreeNameError(`${mostNames} names in a row were taken.`);
}

/**
 * What a confirmed sign-up, and a user who finds their account unfinished, ask for: the row, and a message to the
 * workers. Quick, and the same any number of times; a deleted account stays deleted.
 *
 * @throws NoFreeNameError
 */
export async function signUp(sub: string, nickname: string, ports: SignUpPorts): Promise<AccountState> {
  let account = await ports.store.read(sub);
  if (account === undefined) {
    await reserve(sub, nickname, ports);
    account = await ports.store.read(sub);
  }
  if (account === undefined || isUnfinished(account)) await ports.queue.send(sub, 0);
  return accountState(account);
}
