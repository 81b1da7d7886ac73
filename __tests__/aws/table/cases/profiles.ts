import { describe, expect, it } from "vitest";
import { createAccountStore } from "#aws/table/account-store.ts";
import { writeCursor } from "#aws/table/cursor.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { ownerOfName } from "#aws/table/owners.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import type { Table } from "#aws/table/table.ts";
import { withState } from "#domain/live-state/live-row.ts";
import type { Page, PageRequest, Profile } from "#domain/profiles/profile.ts";
import { addAccount, addresses, channelArnOf, reserved, roomArnOf } from "../fixture/accounts.ts";
import type { OpenTable } from "../fixture/raw-row.ts";

async function goLive(table: Table, sub: string, at: number, viewers?: number) {
  const rows = createLiveRows(table);
  const [row] = await rows.find([channelArnOf(sub)]);
  if (row === undefined) throw new Error(`${sub} has no channel`);
  const state = { live: true, streamId: `st-${sub}`, at, ...(viewers === undefined ? {} : { viewers }) };
  await rows.write(withState(row, state, at), row.version);
}

/** The names on each page of a list. */
async function pagesOf(limit: number, read: (page: PageRequest) => Promise<Page<Profile>>): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await read({ limit, cursor });
    pages.push(rows.map(({ name }) => name));
    cursor = next;
  } while (cursor !== undefined);
  return pages;
}

export const profiles = (open: OpenTable) =>
  describe("profiles", () => {
    it("shows a complete account by user and by name, the same in a list", async () => {
      const table = await open();
      const shown = createProfiles(table);
      await addAccount(table, "user-1", "ana");
      await goLive(table, "user-1", 5000, 7);
      const profile = {
        ...{ sub: "user-1", name: "ana", nickname: "The ana", title: "Live soon", description: "", access: "public" },
        ...{ channelArn: channelArnOf("user-1"), roomArn: roomArnOf("user-1"), addresses },
        live: { live: true, streamId: "st-user-1", at: 5000, viewers: 7 },
      };
      const lists = [
        shown.all({ limit: 5 }),
        shown.live("newest", { limit: 5 }),
        shown.live("most-watched", { limit: 5 }),
      ];
      expect(await shown.bySub("user-1")).toEqual(profile);
      expect(await shown.byName("ana")).toEqual(profile);
      expect(await Promise.all(lists)).toEqual(Array(3).fill({ rows: [profile] }));
    });

    it("shows no account by name or in a list before it is complete, nor once it is to go", async () => {
      const table = await open();
      const shown = createProfiles(table);
      await createAccountStore(table).reserve(reserved("user-1", "ana"), "Ana");
      expect(await shown.byName("ana")).toBeUndefined();
      expect(await shown.bySub("user-1")).toMatchObject({ nickname: "Ana" });
      const account = await addAccount(table, "user-2", "bo");
      await goLive(table, "user-2", 5000);
      await createAccountStore(table).write({ ...account, stage: "deleting", version: 2 }, 1);
      expect(await shown.byName("bo")).toBeUndefined();
      expect([await shown.all({ limit: 5 }), await shown.live("newest", { limit: 5 })]).toEqual([
        { rows: [] },
        { rows: [] },
      ]);
      await createAccountStore(table).bury({ ...account, version: 2 }, { ...reserved("user-2", ""), stage: "deleted" });
      expect(await shown.bySub("user-2")).toBeUndefined();
    });

    it("changes what is given, takes off what is null, and leaves the rest", async () => {
      const table = await open();
      const shown = createProfiles(table);
      await addAccount(table, "user-1", "ana");
      const planned = { startsAt: 1_800_000_000_000, title: "Chess" };
      expect(await shown.edit("user-1", { title: "Now", avatar: "pic", planned })).toBe(true);
      expect(await shown.bySub("user-1")).toMatchObject({ title: "Now", avatar: "pic", planned, nickname: "The ana" });
      expect(await shown.edit("user-1", { nickname: "Ana", description: "", avatar: null, planned: null })).toBe(true);
      const profile = await shown.bySub("user-1");
      expect(profile).toMatchObject({ title: "Now", nickname: "Ana" });
      expect([profile?.avatar, profile?.planned]).toEqual([undefined, undefined]);
      expect([await shown.edit("user-1", {}), await shown.edit("nobody", {})]).toEqual([true, false]);
      await createAccountStore(table).reserve(reserved("user-2"), "Bo");
      expect(await shown.edit("user-2", { title: "Now" })).toBe(false);
    });

    it("renames with the old name free again, and never takes a name that is taken", async () => {
      const table = await open();
      const shown = createProfiles(table);
      await addAccount(table, "user-1", "ana");
      await addAccount(table, "user-2", "bo");
      expect(await shown.rename("user-1", "ana", "bo")).toBe("name-taken");
      expect(await shown.rename("user-1", "stale", "cy")).toBe("changed");
      expect(await shown.rename("user-1", "ana", "ana")).toBe("renamed");
      expect(await shown.rename("user-1", "ana", "cy")).toBe("renamed");
      expect([await shown.byName("ana"), (await shown.byName("cy"))?.sub]).toEqual([undefined, "user-1"]);
      expect(await createAccountStore(table).read("user-1")).toMatchObject({ name: "cy", version: 1 });
      expect((await shown.all({ limit: 5 })).rows.map(({ name }) => name)).toEqual(["bo", "cy"]);
    });

    it("gives a name to one of a rename and a sign-up that ask at once", async () => {
      const table = await open();
      const store = createAccountStore(table);
      for (let round = 0; round < 8; round++) {
        const name = `wanted-${round}`;
        await addAccount(table, `old-${round}`, `had-${round}`);
        const [renamed, made] = await Promise.all([
          createProfiles(table).rename(`old-${round}`, `had-${round}`, name),
          store.reserve(reserved(`new-${round}`, name), "New"),
        ]);
        expect([renamed, made]).toEqual(made === "reserved" ? ["name-taken", "reserved"] : ["renamed", "name-taken"]);
        expect(await ownerOfName(table, name)).toBe(made === "reserved" ? `new-${round}` : `old-${round}`);
      }
    });

    it("lists each channel once over all pages, also where many sort alike, and no page beyond the last", async () => {
      const table = await open();
      const shown = createProfiles(table);
      const names = Array.from({ length: 9 }, (_, place) => `name-${place}`);
      for (const [place, name] of names.entries()) {
        await addAccount(table, `user-${place}`, name);
        await goLive(table, `user-${place}`, 1000 * Math.floor(place / 4), place % 3);
      }
      expect(await pagesOf(3, (page) => shown.all(page))).toEqual([
        names.slice(0, 3),
        names.slice(3, 6),
        names.slice(6),
      ]);
      for (const order of ["newest", "most-watched"] as const) {
        const pages = await pagesOf(2, (page) => shown.live(order, page));
        expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
        expect(pages.flat().toSorted()).toEqual(names);
      }
      const newest = (await pagesOf(100, (page) => shown.live("newest", page))).flat();
      expect(newest[0]).toBe("name-8");
      expect(newest.slice(-4).toSorted()).toEqual(names.slice(0, 4));
      const { rows } = await shown.live("most-watched", { limit: 100 });
      expect(rows.map(({ live }) => live.viewers)).toEqual([2, 2, 2, 1, 1, 1, 0, 0, 0]);
    });

    it("goes on, leaving nobody out, after the last channel of a page was renamed", async () => {
      const table = await open();
      const shown = createProfiles(table);
      for (const place of [1, 2, 3]) {
        await addAccount(table, `user-${place}`, `name-${place}`);
        await goLive(table, `user-${place}`, 1000 * place);
      }
      const { rows, next } = await shown.live("newest", { limit: 2 });
      expect(rows.map(({ name }) => name)).toEqual(["name-3", "name-2"]);
      await shown.rename("user-2", "name-2", "other");
      const rest = await shown.live("newest", { limit: 2, cursor: next });
      expect(rest.rows.map(({ name }) => name)).toEqual(["other", "name-1"]);
    });

    it("refuses a cursor that no page gave, and never leaves the list for one that somebody made up", async () => {
      const table = await open();
      const shown = createProfiles(table);
      await addAccount(table, "user-1", "ana");
      const rule = 'cursor must be the "next" of an earlier page, got';
      await expect(shown.all({ limit: 5, cursor: "x" })).rejects.toThrow(`${rule} "x"`);
      for (const parts of [[], [""], [1], ["a", "b"], [1, "a", 2], ["x".repeat(331)]]) {
        const cursor = writeCursor(parts);
        await expect(shown.all({ limit: 5, cursor })).rejects.toMatchObject({ code: "ERR_CURSOR" });
        await expect(shown.live("newest", { limit: 5, cursor })).rejects.toMatchObject({ code: "ERR_CURSOR" });
      }
      for (const cursor of [writeCursor([-1, "a"]), writeCursor([0.5, "a"]), writeCursor([1e300, "a"])]) {
        await expect(shown.live("newest", { limit: 5, cursor })).rejects.toMatchObject({ code: "ERR_CURSOR" });
      }
      expect(await shown.all({ limit: 5, cursor: writeCursor(["ACCOUNT"]) })).toMatchObject({
        rows: [{ name: "ana" }],
      });
      expect(await shown.live("newest", { limit: 5, cursor: writeCursor([9, "ana"]) })).toEqual({ rows: [] });
    });
  });
