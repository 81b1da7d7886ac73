import { type Account, accountState } from "#domain/accounts/account.ts";
import type { Caller } from "../api/caller.ts";
import { accountDeleted, type ReadyDeps } from "./ready-route.ts";

/**
 * The caller's account, as far as it is: chat needs no channel of one's own.
 *
 * @throws Problem ACCOUNT_DELETED
 */
export async function presentAccount({ sub }: Caller, { accounts }: ReadyDeps): Promise<Account | undefined> {
  const account = await accounts.read(sub);
  const state = accountState(account);
  if (state === "deleting" || state === "deleted") throw accountDeleted();
  return account;
}
