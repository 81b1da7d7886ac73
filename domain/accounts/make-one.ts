import type { Account } from "./account.ts";
import { LeaseLostError, save } from "./lease.ts";
import type { AccountStore, OwnedResources } from "./ports.ts";
import { isSpare } from "./spares.ts";

/** One of the two things that an account has, with the stage that follows once it is there. */
export interface Part {
  readonly field: "channelArn" | "roomArn";
  readonly resources: OwnedResources;
  /** Written once it is named and spare ones are gone. */
  readonly next: (arn: string) => Promise<Partial<Account>>;
}

/** Removes what was made too late: the row names another by now, or the account is going. */
async function discardIfSpare(arn: string, sub: string, part: Part, store: AccountStore) {
  const account = await store.read(sub);
  const isLeaving = account === undefined || account.stage === "deleting";
  // Not named yet: whoever holds the account now looks for spare ones after it has named one.
  if (isLeaving || isSpare(arn, part.field, account)) await part.resources.remove(arn);
}

async function makeAndName(account: Account, part: Part, store: AccountStore) {
  const arn = await part.resources.create(account.sub);
  try {
    return await save(account, { [part.field]: arn }, store);
  } catch (error) {
    if (error instanceof LeaseLostError) await discardIfSpare(arn, account.sub, part, store);
    throw error;
  }
}

/**
 * Sees to it that the account has exactly one channel, or one room, and names it.
 *
 * The first try makes one straight away, since nothing can be there. Every later try adopts what an earlier one made
 * and could not name, found by its tag; and since two tries can have made one each, spare ones go before the stage does.
 */
export async function makeOne(account: Account, part: Part, isFirstTry: boolean, store: AccountStore) {
  const named = account[part.field] === undefined ? await findOrMake(account, part, isFirstTry, store) : account;
  const arn = named[part.field] ?? "";
  const others = isFirstTry ? [] : (await part.resources.find(account.sub)).filter((found) => found !== arn);
  for (const spare of others) await part.resources.remove(spare);
  return save(named, await part.next(arn), store);
}

async function findOrMake(account: Account, part: Part, isFirstTry: boolean, store: AccountStore) {
  const [found] = isFirstTry ? [] : [...(await part.resources.find(account.sub))].sort();
  return found === undefined ? makeAndName(account, part, store) : save(account, { [part.field]: found }, store);
}
