import type { UserPool } from "#aws/accounts/users.ts";

/** How long somebody may take to confirm their address. A code is good for a day, and they may ask for others. */
const patienceMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** Removes users who signed up a week before `now` and never confirmed it; they have no account. Answers with how many. */
export async function removeUnconfirmed(users: UserPool, now: number): Promise<number> {
  let removed = 0;
  for await (const page of users.unconfirmed(now - patienceMilliseconds)) {
    for (const sub of page) await users.remove(sub);
    removed += page.length;
  }
  return removed;
}
