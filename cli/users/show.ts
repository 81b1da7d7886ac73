import { type PoolUser, readPoolUser } from "#aws/operator/pool-users.ts";
import { type QueueDepth, readQueueDepth } from "#aws/operator/queue-depth.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { readSessionEntries } from "#aws/table/session-history.ts";
import { type Account, type AccountState, accountState } from "#domain/accounts/account.ts";
import { sessionsOf } from "#domain/live-state/sessions.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { queueOf } from "../onair/platform.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { findSub, unknownUser } from "./find.ts";
import { type Services, withServices } from "./services.ts";
import { userLines } from "./show-lines.ts";
import type { UsersOptions } from "./verb.ts";

/** One stream of the channel. Times are ISO 8601. */
export interface SessionLine {
  readonly streamId: string;
  readonly startedAt: string;
  /** Null while it runs. */
  readonly endedAt: string | null;
  readonly incidents: number;
}

/** All that is known of an account, without a secret. What is not there is null. */
export interface UserDetails {
  readonly sub: string;
  readonly name: string;
  readonly nickname: string | null;
  readonly state: AccountState;
  readonly stage: Account["stage"];
  /** Since when a quota of IVS holds it up. */
  readonly quotaSince: string | null;
  readonly deletionStep: Account["deletionStep"] | null;
  /** A key reset that broke off. */
  readonly keyReset: boolean;
  readonly channelArn: string | null;
  readonly playbackUrl: string | null;
  readonly roomArn: string | null;
  readonly live: boolean;
  readonly streamId: string | null;
  readonly viewers: number | null;
  /** Newest first, at most five. */
  readonly sessions: readonly SessionLine[];
  /** What the user pool says; null where it has no such user, as for channels of the house. */
  readonly user: PoolUser | null;
  /** Of the queue of accounts, for everybody. */
  readonly queue: QueueDepth & { readonly deadLetters: number };
}

const shownSessions = 5;
/** A stream leaves a few lines; more of them are of its health. */
const readEntries = 100;

/** `onair users show`; returns the exit code. */
export async function showUser(terminal: Terminal, who: string, options: UsersOptions): Promise<number> {
  const again = `onair users show ${who}`;
  const user = await withServices(terminal, options, again, async (services) =>
    readUser(services, await findSub(services, who)),
  );
  if (options.json) terminal.answer(jsonAnswer("users", user));
  else for (const line of userLines(user, new Date())) terminal.answer(line);
  return 0;
}

/** @throws CliError USER_UNKNOWN */
export async function readUser(services: Services, sub: string): Promise<UserDetails> {
  const { table, cognito, platform } = services;
  const [account, profile, user, queue] = await Promise.all([
    createAccountStore(table).read(sub),
    createProfiles(table).bySub(sub),
    readPoolUser(cognito, platform.userPoolId, sub),
    readQueues(services),
  ]);
  if (account === undefined) {
    throw unknownUser(user ? `User ${sub} signed up, and has no account.` : `There is no account ${sub}.`);
  }
  const { name, stage, channelArn, addresses, roomArn, quotaSince } = account;
  return {
    ...{ sub, name, stage },
    nickname: profile?.nickname ?? null,
    state: accountState(account),
    quotaSince: quotaSince === undefined ? null : iso(quotaSince),
    deletionStep: account.deletionStep ?? null,
    keyReset: account.keyReset !== undefined,
    channelArn: channelArn ?? null,
    playbackUrl: addresses?.playbackUrl ?? null,
    roomArn: roomArn ?? null,
    live: profile?.live.live ?? false,
    streamId: profile?.live.streamId ?? null,
    viewers: profile?.live.viewers ?? null,
    sessions: channelArn === undefined ? [] : await readSessions(services, channelArn),
    user: user ?? null,
    queue,
  };
}

async function readQueues({ platform, sqs }: Services): Promise<UserDetails["queue"]> {
  const { url, deadLettersUrl } = queueOf(platform, "accounts");
  const [queue, deadLetters] = await Promise.all([readQueueDepth(sqs, url), readQueueDepth(sqs, deadLettersUrl)]);
  return { ...queue, deadLetters: deadLetters.waiting + deadLetters.inFlight };
}

async function readSessions({ table }: Services, channelArn: string): Promise<SessionLine[]> {
  const { rows } = await readSessionEntries(table, channelArn, { limit: readEntries });
  return sessionsOf(rows)
    .slice(0, shownSessions)
    .map(({ streamId, startedAt, endedAt, incidents }) => ({
      streamId,
      startedAt: iso(startedAt),
      endedAt: endedAt === undefined ? null : iso(endedAt),
      incidents: incidents.length,
    }));
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
