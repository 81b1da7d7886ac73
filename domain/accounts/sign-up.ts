import { nicknameLimits } from "../profiles/profile.ts";
import { readText } from "../profiles/text.ts";
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

/** What others are to read. Cognito takes any signs for a nickname; one that a profile would refuse gives way to the name. */
function shownNickname(nickname: string, name: string): string {
  const reading = readText(nickname, nicknameLimits);
  return reading.kind === "text" ? reading.text : name;
}

async function reserve(sub: string, nickname: string, { store, randomName }: SignUpPorts) {
  for (let tries = 0; tries < mostNames; tries++) {
    const name = firstChannelName(nickname, randomName());
    const outcome = await store.reserve({ sub, name, stage: "reserved", version: 0 }, shownNickname(nickname, name));
    if (outcome !== "name-taken") return;
  }
  throw new NoFreeNameError(`${mostNames} names in a row were taken.`);
}

/**
 * What a confirmed sign-up, and a user who finds their account unfinished, ask for: the row, and a message to the
 * workers. Quick, and the same any number of times; a deleted account stays deleted.
 *
 * @param nickname as the user pool has it
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
