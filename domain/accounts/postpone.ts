import type { Account } from "./account.ts";
import { type LeasePorts, save } from "./lease.ts";
import { type Later, later, postponement } from "./outcome.ts";

/**
 * Ends a run that the service refused: gives the account free for the next one, and notes since when a quota holds it
 * up.
 *
 * @throws the error itself when it is no refusal; then the lease runs out by itself.
 */
export async function postpone(
  error: unknown,
  sub: string,
  { store, clock, holder }: LeasePorts,
  changes: Partial<Account> = {},
): Promise<Later> {
  const why = postponement(error);
  const account = await store.read(sub);
  if (account?.lease?.holder !== holder) return later(why);
  const quotaSince = why === "quota" ? (account.quotaSince ?? clock.now()) : account.quotaSince;
  // A deletion that was asked for meanwhile is not taken back.
  const kept = account.stage === "deleting" && changes.stage !== undefined ? {} : changes;
  try {
    await save(account, { ...kept, quotaSince, lease: undefined }, store);
  } catch (lost) {
    postponement(lost);
  }
  return later(why);
}
