import type { Page, PageRequest } from "../profiles/profile.ts";
import { requestDeletion } from "./deletion.ts";
import type { AccountStore, Clock, WorkQueue } from "./ports.ts";

export interface UserlessPorts {
  readonly store: AccountStore;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** Complete accounts, page by page, always in the same order. */
  readonly accounts: (page: PageRequest) => Promise<Page<{ readonly sub: string }>>;
  /** Where the search goes on, kept from run to run; undefined for the beginning. */
  readonly place: {
    read(): Promise<string | undefined>;
    write(cursor: string | undefined): Promise<void>;
  };
  /** Whether the pool has no such user, asked in two ways. @throws whatever else the pool says */
  readonly isGone: (sub: string) => Promise<boolean>;
}

export interface UserlessOptions {
  /** Somebody looked, and knows that most users of a page are really gone. @default false */
  readonly isSure?: boolean;
}

/** So many users are not removed by hand in between: the pool may be another one, or restored. Nothing was done. */
class UsersMissingError extends Error {
  readonly code = "ERR_USERS_MISSING";
}

const accountsAtATime = 100;

/** A twenty-fifth of the calls of this kind that Cognito takes, so that nobody who signs in waits for it. */
const pauseMilliseconds = 200;

/** Well within the function's time; the next run goes on. */
const longestRunMilliseconds = 600_000;

const mostGone = 5;

/** A channel of the house has no user. */
const isOfUser = ({ sub }: { readonly sub: string }) => !sub.startsWith("house:");

async function goneOf(subs: readonly string[], { isGone, clock }: UserlessPorts): Promise<string[]> {
  const gone: string[] = [];
  for (const sub of subs) {
    await clock.sleep(pauseMilliseconds);
    if (await isGone(sub)) gone.push(sub);
  }
  return gone;
}

/**
 * Asks for the deletion of accounts whose user somebody removed from the pool itself, which no event tells of. Goes on
 * where the last run stopped, for ten minutes at most: some 3,000 accounts. A page is done as a whole once every one of
 * its users was asked for.
 *
 * @throws UsersMissingError when more than half of a page is gone, and more than five; and whatever the pool says
 * beside that there is no such user. Nothing of the page is done then, and the next run begins with it.
 */
export async function removeUserless(ports: UserlessPorts, { isSure = false }: UserlessOptions = {}) {
  const { accounts, place, clock } = ports;
  const begin = clock.now();
  let checked = 0;
  let removed = 0;
  let cursor = await place.read();
  do {
    const { rows, next } = await accounts({ limit: accountsAtATime, cursor });
    const subs = rows.filter(isOfUser).map(({ sub }) => sub);
    const gone = await goneOf(subs, ports);
    if (!isSure && gone.length > mostGone && gone.length > subs.length / 2) {
      throw new UsersMissingError(`The pool has no user for ${gone.length} of ${subs.length} accounts.`);
    }
    for (const sub of gone) await requestDeletion(sub, ports);
    checked += subs.length;
    removed += gone.length;
    cursor = next;
    await place.write(cursor);
  } while (cursor !== undefined && clock.now() - begin < longestRunMilliseconds);
  return { checked, gone: removed };
}
