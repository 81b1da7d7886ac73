import * as v from "valibot";
import { type Account, accountState, isUnfinished } from "#domain/accounts/account.ts";
import { requestDeletion } from "#domain/accounts/deletion.ts";
import type { AccountStore, WorkQueue } from "#domain/accounts/ports.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import type { UsageCounter } from "#domain/plans/usage.ts";
import { closedAudience } from "#domain/playback/entitlement.ts";
import type { Profile, Profiles } from "#domain/profiles/profile.ts";
import { accountDeleted, preparingSeconds } from "../../shared/accounts/ready-route.ts";
import type { Caller } from "../../shared/api/caller.ts";
import { channelEntries, toChannel } from "../../shared/api/channel.ts";
import { oneOf } from "../../shared/api/fields.ts";
import { answer, signedInRoute } from "../../shared/api/route.ts";

export interface MeDeps {
  readonly accounts: AccountStore;
  readonly profiles: Pick<Profiles, "bySub">;
  readonly queue: WorkQueue;
  /** What a user of the pool wants to be called; undefined when there is no such user. */
  readonly nickname: (sub: string) => Promise<string | undefined>;
  readonly randomName: () => string;
  readonly usage: UsageCounter;
  /** Whether the platform has a playback key. */
  readonly privateChannels: boolean;
  /** Milliseconds. */
  readonly now: () => number;
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
  /** Whether the channel can be made private here. */
  mayBePrivate: v.boolean(),
  /** Who may watch it while it is private. */
  audience: v.optional(v.picklist(["signed-in", "listed", "group"])),
  group: v.optional(v.string()),
});

/** When it is worth asking again, in seconds. A quota is raised by people. */
const retryAfter = { preparing: preparingSeconds, "waiting-for-quota": 60, deleting: 5 } as const;

const notYet = (state: keyof typeof retryAfter) => answer(202, { state }, { "retry-after": String(retryAfter[state]) });

/** A page asks every two seconds, and each message about an account that is taken goes round until it is free. */
const resumeSeconds = 10;

/** The queue, which takes an account once in ten seconds, however often its owner asks. */
const sparing = ({ queue, usage, now }: MeDeps): WorkQueue => ({
  async send(sub, afterMilliseconds) {
    const window = Math.floor(now() / 1000 / resumeSeconds);
    const asked = await usage.add(sub, `RESUME#${window}`, (window + 1) * resumeSeconds);
    if (asked === 1) await queue.send(sub, afterMilliseconds);
  },
});

/**
 * Puts the account before the workers once more; makes its row where a sign-up was lost. What waits for a quota is left
 * to the sweep: asked for more often, it would take the turns of others.
 *
 * @throws Problem ACCOUNT_DELETED
 */
async function resume({ sub }: Caller, account: Account | undefined, deps: MeDeps) {
  if (accountState(account) === "waiting-for-quota") return "waiting-for-quota";
  const nickname = account === undefined ? await deps.nickname(sub) : "";
  if (nickname === undefined) throw accountDeleted();
  const ports = { store: deps.accounts, queue: sparing(deps), randomName: deps.randomName };
  const state = await signUp(sub, nickname, ports);
  if (state === "deleted") throw accountDeleted();
  return state;
}

function audienceOf({ access, audience = closedAudience }: Profile) {
  if (access === "public") return {};
  return { audience: audience.kind, ...(audience.kind === "group" && { group: audience.group }) };
}

async function shown({ sub, groups }: Caller, { profiles, privateChannels: mayBePrivate }: MeDeps) {
  const profile = await profiles.bySub(sub);
  const { channelArn, addresses } = profile ?? {};
  if (!profile || !channelArn || !addresses) return undefined;
  const { ingestEndpoint, playbackUrl } = addresses;
  const ingestUrl = `rtmps://${ingestEndpoint}:443/app/`;
  const channel = { arn: channelArn, ingestEndpoint, ingestUrl, playbackUrl };
  const own = { groups: [...groups], mayBePrivate, ...audienceOf(profile) };
  return { sub, state: "ready" as const, ...toChannel(profile), channel, ...own };
}

export const readMe = signedInRoute({
  id: "readMe",
  summary: "Shows your channel, or how far it is; an unfinished one is taken up again.",
  answers: { 200: me, 202: waiting },
  async handle({ caller }, deps: MeDeps) {
    const account = await deps.accounts.read(caller.sub);
    const isReady = accountState(account) === "ready";
    const state = account && isReady && !isUnfinished(account) ? "ready" : await resume(caller, account, deps);
    const found = isReady ? await shown(caller, deps) : undefined;
    if (found) return answer(200, found);
    return notYet(state === "ready" ? "preparing" : state);
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
    if (account === undefined || account.stage === "deleting") await resume(caller, account, deps);
    if (account?.stage !== "deleting") await requestDeletion(caller.sub, { store, queue });
    return notYet("deleting");
  },
});
