import * as v from "valibot";
import { accountState, isUnfinished } from "#domain/accounts/account.ts";
import { requestDeletion } from "#domain/accounts/deletion.ts";
import type { AccountStore, WorkQueue } from "#domain/accounts/ports.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import type { Caller } from "../../shared/api/caller.ts";
import { channelEntries, toChannel } from "../../shared/api/channel.ts";
import { oneOf } from "../../shared/api/fields.ts";
import { answer, signedInRoute } from "../../shared/api/route.ts";
import { accountDeleted, preparingSeconds } from "../ready-route.ts";

export interface MeDeps {
  readonly accounts: AccountStore;
  readonly profiles: Pick<Profiles, "bySub">;
  readonly queue: WorkQueue;
  /** What a user of the pool wants to be called; undefined when there is no such user. */
  readonly nickname: (sub: string) => Promise<string | undefined>;
  readonly randomName: () => string;
}

const waiting = v.object({ state: oneOf(["preparing", "waiting-for-quota", "deleting"]) });

const me = v.object({
  sub: v.string(),
  state: v.literal("ready"),
  ...channelEntries,
  channel: v.object({
    arn: v.string(),
    ingestEndpoint: v.string(),
    /** To which an encoder adds the stream key. */
    ingestUrl: v.string(),
    playbackUrl: v.string(),
  }),
  groups: v.array(v.string()),
});

const later = { "retry-after": String(preparingSeconds) };

/** Puts the account before the workers once more; makes its row where a sign-up was lost. @throws Problem */
async function resume({ sub }: Caller, deps: MeDeps) {
  const { accounts: store, queue, randomName } = deps;
  const isThere = (await store.read(sub)) !== undefined;
  const nickname = isThere ? "" : await deps.nickname(sub);
  if (nickname === undefined) throw accountDeleted();
  const state = await signUp(sub, nickname, { store, queue, randomName });
  if (state === "deleted") throw accountDeleted();
  return state;
}

async function shown({ sub, groups }: Caller, { profiles }: MeDeps) {
  const profile = await profiles.bySub(sub);
  const { channelArn, addresses } = profile ?? {};
  if (!profile || !channelArn || !addresses) return undefined;
  const { ingestEndpoint, playbackUrl } = addresses;
  const ingestUrl = `rtmps://${ingestEndpoint}:443/app/`;
  const channel = { arn: channelArn, ingestEndpoint, ingestUrl, playbackUrl };
  return { sub, state: "ready" as const, ...toChannel(profile), channel, groups: [...groups] };
}

export const readMe = signedInRoute({
  id: "readMe",
  summary: "Shows your channel, or how far it is; an unfinished one is taken up again.",
  answers: { 200: me, 202: waiting },
  async handle({ caller }, deps: MeDeps) {
    const account = await deps.accounts.read(caller.sub);
    const isReady = accountState(account) === "ready";
    const state = account && isReady && !isUnfinished(account) ? "ready" : await resume(caller, deps);
    const found = isReady ? await shown(caller, deps) : undefined;
    if (found) return answer(200, found);
    return answer(202, { state: state === "ready" ? "preparing" : state }, later);
  },
});

export const deleteMe = signedInRoute({
  id: "deleteMe",
  summary: "Deletes your account: the stream key first, then the stream, the channel, the room and all that is kept.",
  answers: { 202: waiting },
  async handle({ caller }, deps: MeDeps) {
    const { accounts: store, queue } = deps;
    const account = await store.read(caller.sub);
    if (account?.stage === "deleted") throw accountDeleted();
    // Without a row nothing would say that the user of the pool is to go.
    if (account === undefined) await resume(caller, deps);
    await requestDeletion(caller.sub, { store, queue });
    return answer(202, { state: "deleting" as const }, later);
  },
});
