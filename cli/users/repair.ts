import { randomBytes } from "node:crypto";
import { createUserPool } from "#aws/accounts/users.ts";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { findOwned, type Owned } from "#aws/operator/owned.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import type { Account } from "#domain/accounts/account.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { queueOf } from "../onair/platform.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { findSub, unknownUser } from "./find.ts";
import { type Services, withServices } from "./services.ts";
import type { UsersOptions } from "./verb.ts";

/** What was found of an account that is now before the workers again. */
export interface Repair extends Owned {
  readonly sub: string;
  readonly name: string;
  /** Null where there was no row, and it was made. */
  readonly stageBefore: Account["stage"] | null;
}

/** `onair users repair`; returns the exit code. */
export async function repairUser(terminal: Terminal, who: string, options: UsersOptions): Promise<number> {
  const repair = await withServices(terminal, options, `onair users repair ${who}`, async (services) =>
    repairAccount(services, await findSub(services, who)),
  );
  if (options.json) terminal.answer(jsonAnswer("users", repair));
  else for (const line of repairLines(repair)) terminal.answer(line);
  return 0;
}

/**
 * Puts an account before the workers, who do whatever it lacks; makes its row first where a sign-up was lost before it
 * was written.
 *
 * @throws CliError USER_UNKNOWN, also for an account that was deleted and for a channel of the house
 */
export async function repairAccount(services: Services, sub: string): Promise<Repair> {
  const { table, ownership, cognito, sqs, platform } = services;
  if (sub.startsWith("house:")) throw notForWorkers(`${sub} belongs to the house: Terraform makes its channel.`);
  const store = createAccountStore(table);
  const queue = createWorkQueue(sqs, queueOf(platform, "accounts").url);
  const before = await store.read(sub);
  if (before?.stage === "deleted") throw notForWorkers(`The account ${sub} was deleted.`);
  const owned = await findOwned(services, ownership, sub);
  if (before === undefined) {
    const nickname = await createUserPool(cognito, platform.userPoolId).nickname(sub);
    if (nickname === undefined) throw unknownUser(`There is no account ${sub}, and the user pool has no such user.`);
    await signUp(sub, nickname, { store, queue, randomName: () => randomBytes(4).toString("hex") });
  } else {
    await queue.send(sub, 0);
  }
  const name = before?.name ?? (await store.read(sub))?.name ?? "";
  return { sub, name, stageBefore: before?.stage ?? null, ...owned };
}

const notForWorkers = (what: string): CliError =>
  new CliError("USER_UNKNOWN", what, "Nothing was changed.", "See: onair users list");

export function repairLines({ sub, name, stageBefore, channels, rooms }: Repair): string[] {
  const found = stageBefore === null ? "It had no row; it has one now." : `Its row was at stage ${stageBefore}.`;
  return [
    `${name} (${sub}) is before the workers. ${found}`,
    `Channels that carry its tag: ${channels.join(", ") || "none"}`,
    `Rooms that carry its tag: ${rooms.join(", ") || "none"}`,
  ];
}
