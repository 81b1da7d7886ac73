import { describe, expect, it } from "vitest";
import { createAccountStore } from "#aws/table/account-store.ts";
import { keys } from "#aws/table/keys.ts";
import { ownerOfChannel, ownerOfName, ownerOfRoom } from "#aws/table/owners.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createSlowModes } from "#aws/table/slow-modes.ts";
import type { Account } from "#domain/accounts/account.ts";
import { addAccount, all, channelArnOf, completed, reserved, roomArnOf } from "../fixture/accounts.ts";
import { putRows } from "../fixture/put-rows.ts";
import { type OpenTable, rawRow } from "../fixture/raw-row.ts";

const gravestoneOf = ({ sub, version }: Account): Account => ({
  sub,
  name: "",
  stage: "deleted",
  expiresAt: 1_800_000_000,
  version: version + 1,
});

export const accounts = (open: OpenTable) =>
  describe("accounts", () => {
    it("reserves a row and its name, both or neither, and tells a known user from a taken name", async () => {
      const table = await open();
      const store = createAccountStore(table);
      expect(await store.reserve(reserved("user-1", "ana"), "Ana")).toBe("reserved");
      expect(await store.reserve(reserved("user-1", "ana"), "Ana")).toBe("exists");
      expect(await store.reserve(reserved("user-1", "other"), "Ana")).toBe("exists");
      expect(await store.reserve(reserved("user-2", "ana"), "Ana")).toBe("name-taken");
      expect(await store.read("user-1")).toEqual(reserved("user-1", "ana"));
      expect([await store.read("user-2"), await ownerOfName(table, "other")]).toEqual([undefined, undefined]);
    });

    it("gives one name to one of those who ask at once", async () => {
      const table = await open();
      const store = createAccountStore(table);
      const subs = Array.from({ length: 8 }, (_, place) => `user-${place}`);
      const answers = await Promise.all(subs.map((sub) => store.reserve(reserved(sub, "ana"), "Ana")));
      expect(answers.toSorted()).toEqual([...Array(7).fill("name-taken"), "reserved"]);
      expect(await ownerOfName(table, "ana")).toBe(subs[answers.indexOf("reserved")]);
    });

    it("makes one row of a user who is confirmed several times at once", async () => {
      const store = createAccountStore(await open());
      const names = Array.from({ length: 8 }, (_, place) => `ana-${place}`);
      const answers = await Promise.all(names.map((name) => store.reserve(reserved("user-1", name), "Ana")));
      expect(answers.toSorted()).toEqual([...Array(7).fill("exists"), "reserved"]);
    });

    it("lets one of two writes through that were decided on the same version", async () => {
      const store = createAccountStore(await open());
      await store.reserve(reserved("user-1"), "Ana");
      const write = (quotaSince: number) =>
        store.write({ ...reserved("user-1"), stage: "channel", quotaSince, version: 1 }, 0);
      const answers = await Promise.all([write(1), write(2), write(3)]);
      expect(answers.filter(Boolean)).toEqual([true]);
      expect(await store.read("user-1")).toMatchObject({ quotaSince: answers.indexOf(true) + 1, version: 1 });
      expect(await store.write({ ...reserved("nobody"), version: 1 }, 0)).toBe(false);
      expect(await store.read("nobody")).toBeUndefined();
    });

    it("counts a write as written that its client repeats after a lost answer, and no other of the same version", async () => {
      const store = createAccountStore(await open());
      await store.reserve(reserved("user-1"), "Ana");
      const taken = (holder: string): Account => ({
        ...reserved("user-1"),
        ...{ stage: "channel", lease: { holder, until: 5 }, version: 1 },
      });
      const write = (holder: string) => store.write(taken(holder), 0);
      expect([await write("one"), await write("one"), await write("other")]).toEqual([true, true, false]);
      expect(await store.read("user-1")).toEqual(taken("one"));
      const whole = { ...completed("user-1"), version: 2 };
      expect([await store.write(whole, 1), await store.write(whole, 1)]).toEqual([true, true]);
    });

    it("takes a field off that a write leaves out, and touches neither name nor profile", async () => {
      const table = await open();
      const store = createAccountStore(table);
      await store.reserve(reserved("user-1", "ana"), "Ana");
      const busy = { ...reserved("user-1", "ana"), lease: { holder: "w", until: 5 }, quotaSince: 3, version: 1 };
      await store.write(busy, 0);
      expect(await store.read("user-1")).toEqual(busy);
      await store.write({ ...reserved("user-1", "stale"), stage: "channel", version: 2 }, 1);
      expect(await store.read("user-1")).toEqual({ ...reserved("user-1", "ana"), stage: "channel", version: 2 });
      expect(await rawRow(table, keys.account("user-1"))).toMatchObject({
        nickname: "Ana",
        title: "Live soon",
        description: "",
        access: "public",
      });
    });

    it("makes a complete account findable by its channel and its room, which keeps its slow mode", async () => {
      const table = await open();
      const store = createAccountStore(table);
      await store.reserve(reserved("user-1"), "Ana");
      expect(await ownerOfChannel(table, channelArnOf("user-1"))).toBeUndefined();
      expect(await store.write(completed("user-1"), 0)).toBe(true);
      expect(await store.read("user-1")).toEqual(completed("user-1"));
      expect(await ownerOfChannel(table, channelArnOf("user-1"))).toBe("user-1");
      expect(await ownerOfRoom(table, roomArnOf("user-1"))).toBe("user-1");
      await createSlowModes(table).write(roomArnOf("user-1"), 30);
      expect(await store.write({ ...completed("user-1"), version: 2 }, 1)).toBe(true);
      expect(await createSlowModes(table).read(roomArnOf("user-1"))).toBe(30);
      expect(await store.write({ ...completed("user-1"), quotaSince: 1, version: 2 }, 1)).toBe(false);
    });

    it("says which accounts have work left, over more than one page", async () => {
      const table = await open();
      const store = createAccountStore(table);
      // Long enough that the index's rows do not fit in one page of 1 MB.
      const subs = Array.from({ length: 600 }, (_, place) => `${String(place).padStart(4, "0")}${"x".repeat(900)}`);
      await putRows(
        table,
        subs.map((sub) => ({ ...keys.account(sub), sub, unfinished: "unfinished" })),
      );
      await addAccount(table, "complete");
      const resetting = { ...completed("resetting"), keyReset: { id: "r", oldKeyArns: ["k"] }, version: 2 };
      await addAccount(table, "resetting");
      await store.write(resetting, 1);
      const pages = [];
      for await (const page of store.unfinished()) pages.push(page);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.flat().toSorted()).toEqual([...subs, "resetting"]);
      await store.write({ ...resetting, keyReset: undefined, version: 3 } as unknown as Account, 2);
      expect(await all(store.unfinished())).not.toContain("resetting");
    });

    it("buries all of an account but the gravestone, and gives its name free", async () => {
      const table = await open();
      const store = createAccountStore(table);
      const account = await addAccount(table, "user-1", "ana");
      expect(await store.bury({ ...account, version: 0 }, gravestoneOf(account))).toBe(false);
      expect(await store.bury(account, gravestoneOf(account))).toBe(true);
      expect(await store.bury(account, gravestoneOf(account))).toBe(false);
      expect(await store.read("user-1")).toEqual(gravestoneOf(account));
      expect(await rawRow(table, keys.account("user-1"))).toEqual({
        ...keys.account("user-1"),
        sub: "user-1",
        stage: "deleted",
        expiresAt: 1_800_000_000,
        version: 2,
      });
      expect(await ownerOfName(table, "ana")).toBeUndefined();
      expect(await ownerOfChannel(table, channelArnOf("user-1"))).toBeUndefined();
      expect(await ownerOfRoom(table, roomArnOf("user-1"))).toBeUndefined();
      expect(await store.reserve(reserved("user-1", "ana"), "Ana")).toBe("exists");
      expect(await store.reserve(reserved("user-2", "ana"), "Ana")).toBe("reserved");
    });

    it("never frees another user's name: a burial and a rename at once leave one name or none", async () => {
      const table = await open();
      const store = createAccountStore(table);
      for (let round = 0; round < 12; round++) {
        const sub = `user-${round}`;
        const account = await addAccount(table, sub, `from-${round}`);
        const [isBuried, renamed] = await Promise.all([
          store.bury(account, gravestoneOf(account)),
          createProfiles(table).rename(sub, `from-${round}`, `to-${round}`),
        ]);
        expect([isBuried, renamed]).toEqual(isBuried ? [true, "changed"] : [false, "renamed"]);
        expect(await ownerOfName(table, `from-${round}`)).toBeUndefined();
        expect(await ownerOfName(table, `to-${round}`)).toBe(isBuried ? undefined : sub);
      }
    });
  });
