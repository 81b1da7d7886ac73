import { createAccountStore } from "#aws/table/account-store.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { type Account, accountState } from "#domain/accounts/account.ts";
import { CursorError, type Profile } from "#domain/profiles/profile.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { CliError } from "../terminal/cli-error.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Services, withServices } from "./services.ts";
import type { UsersOptions } from "./verb.ts";

/** One account, as a list shows it. */
export interface UserLine {
  readonly name: string;
  readonly sub: string;
  readonly state: ReturnType<typeof accountState>;
  readonly stage: Account["stage"];
  readonly live: boolean;
  /** Null while offline, and while nobody counted. */
  readonly viewers: number | null;
}

export interface UserList {
  /** Those with work left, on the first page; then the complete ones by name. */
  readonly users: readonly UserLine[];
  readonly next: string | null;
}

/** `onair users list`; returns the exit code. */
export async function listUsers(terminal: Terminal, options: UsersOptions): Promise<number> {
  const list = await withServices(terminal, options, "onair users list", (services) => readUsers(services, options));
  if (options.json) {
    terminal.answer(jsonAnswer("users", list));
    return 0;
  }
  for (const line of listLines(list)) terminal.answer(line);
  if (list.next !== null) terminal.note(`More: onair users list --cursor ${list.next}`);
  return 0;
}

/** @throws CliError USAGE for a cursor that no list gave */
export async function readUsers({ table }: Services, { limit, cursor }: UsersOptions): Promise<UserList> {
  const unfinished = cursor === undefined ? await readUnfinished(table) : [];
  try {
    const { rows, next = null } = await createProfiles(table).all({ limit, cursor });
    const seen = new Set(unfinished.map(({ sub }) => sub));
    return { users: [...unfinished, ...rows.filter(({ sub }) => !seen.has(sub)).map(completeLine)], next };
  } catch (thrown) {
    if (!(thrown instanceof CursorError)) throw thrown;
    throw new CliError("USAGE", "That cursor is of no list.", "Nothing was done.", "Begin again: onair users list");
  }
}

async function readUnfinished(table: Services["table"]): Promise<UserLine[]> {
  const store = createAccountStore(table);
  const lines: UserLine[] = [];
  for await (const subs of store.unfinished()) {
    for (const account of await Promise.all(subs.map((sub) => store.read(sub)))) {
      if (account === undefined) continue;
      const { sub, name, stage } = account;
      lines.push({ name, sub, state: accountState(account), stage, live: false, viewers: null });
    }
  }
  return lines;
}

const completeLine = ({ name, sub, live }: Profile): UserLine => ({
  ...{ name, sub, state: "ready", stage: "complete" },
  live: live.live,
  viewers: live.viewers ?? null,
});

export function listLines({ users }: UserList): string[] {
  if (users.length === 0) return ["No accounts."];
  return table(
    ["NAME", "STATE", "STAGE", "LIVE", "VIEWERS", "SUB"],
    users.map(({ name, state, stage, live, viewers, sub }) => [
      ...[name, state, stage, live ? "live" : "offline", String(viewers ?? ""), sub],
    ]),
  );
}
