import { isDeepStrictEqual } from "node:util";
import { type Account, isUnfinished } from "#domain/accounts/account.ts";
import type { PaceStore } from "#domain/accounts/pacing.ts";
import type { AccountStore } from "#domain/accounts/ports.ts";
import type { World } from "./world.ts";

/** The accounts' table in memory: conditional writes, and one transaction for a row and its name. */
export class Table implements AccountStore {
  readonly rows = new Map<string, Account>();
  readonly names = new Map<string, string>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  read(sub: string) {
    return this.#world.call(() => this.rows.get(sub));
  }

  reserve(account: Account) {
    return this.#world.call(() => {
      if (this.rows.has(account.sub)) return "exists";
      if (this.names.has(account.name)) return "name-taken";
      this.rows.set(account.sub, account);
      this.names.set(account.name, account.sub);
      return "reserved";
    });
  }

  write(account: Account, ifVersion: number) {
    return this.#world.call(() => this.#put(account, ifVersion) || this.#isThere(account), true);
  }

  bury(account: Account, gravestone: Account) {
    return this.#world.call(() => this.#put(gravestone, account.version) && (this.names.delete(account.name) || true));
  }

  #put(account: Account, ifVersion: number) {
    if (this.rows.get(account.sub)?.version !== ifVersion) return false;
    this.rows.set(account.sub, account);
    return true;
  }

  #isThere(account: Account) {
    const fieldsOf = (one: Account) =>
      Object.entries(one).filter(([name, value]) => name !== "name" && value !== undefined);
    const row = this.rows.get(account.sub);
    return row !== undefined && isDeepStrictEqual(new Map(fieldsOf(row)), new Map(fieldsOf(account)));
  }

  async *unfinished() {
    yield [...this.rows.values()].filter(isUnfinished).map(({ sub }) => sub);
  }
}

/** The turns' table in memory. */
export class Turns implements PaceStore {
  readonly #next = new Map<string, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  next(operation: string) {
    return this.#world.call(() => this.#next.get(operation) ?? 0);
  }

  moveOn(operation: string, from: number, to: number) {
    return this.#world.call(() => {
      if ((this.#next.get(operation) ?? 0) !== from) return false;
      this.#next.set(operation, to);
      return true;
    });
  }
}
