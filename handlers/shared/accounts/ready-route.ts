import { type Account, accountState } from "#domain/accounts/account.ts";
import type { AccountStore } from "#domain/accounts/ports.ts";
import type { StreamRouteId } from "#domain/api/routes.ts";
import type { Caller } from "../api/caller.ts";
import { Problem } from "../api/problem.ts";
import { type Answers, type Route, type RouteDefinition, type Schema, signedInRoute } from "../api/route.ts";

/** An account whose channel and room are there. */
export type ReadyAccount = Account & Required<Pick<Account, "channelArn" | "addresses" | "roomArn">>;

export interface ReadyCaller extends Caller {
  readonly account: ReadyAccount;
}

export interface ReadyDeps {
  readonly accounts: Pick<AccountStore, "read">;
}

/** How long provisioning takes that nothing holds up, in seconds. */
export const preparingSeconds = 2;

/** A deleted user's token is good until it runs out, so the row is what stops it. */
export const accountDeleted = (): Problem =>
  new Problem(401, "ACCOUNT_DELETED", "This account is deleted.", "Its token opens nothing any more.");

/** @param detail what is missing, and what tells when it is there */
export const notReady = (detail: string): Problem =>
  new Problem(409, "NOT_READY", "Your channel is not ready yet.", detail, {
    headers: { "retry-after": String(preparingSeconds) },
  });

/**
 * The caller's account.
 *
 * @throws Problem NOT_READY while its channel or room is missing, ACCOUNT_DELETED when it is going or gone
 */
async function readyAccount({ sub }: Caller, { accounts }: ReadyDeps): Promise<ReadyAccount> {
  const account = await accounts.read(sub);
  const state = accountState(account);
  if (state === "deleting" || state === "deleted") throw accountDeleted();
  const { channelArn, addresses, roomArn } = account ?? {};
  if (account && state === "ready" && channelArn && addresses && roomArn) {
    return { ...account, channelArn, addresses, roomArn };
  }
  throw notReady(`The channel is still being made (${state}); GET /stream/me tells when it is there.`);
}

/** Makes a route for users whose channel is ready; the handler finds their account beside who they are. */
export const readyRoute = <
  const Id extends StreamRouteId,
  const All extends Answers,
  Deps extends ReadyDeps,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Headers extends Schema | undefined = undefined,
>(
  definition: RouteDefinition<Id, Params, Query, Body, Headers, All, ReadyCaller, Deps>,
): Route<Deps> =>
  signedInRoute({
    ...definition,
    async handle(request, deps) {
      const account = await readyAccount(request.caller, deps);
      return definition.handle({ ...request, caller: { ...request.caller, account } }, deps);
    },
  });
