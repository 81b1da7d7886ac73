import { describe, expect, it } from "vitest";
import { createAccessLists } from "#aws/table/access-lists.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createBans } from "#aws/table/bans.ts";
import { keys } from "#aws/table/keys.ts";
import { createModerationAudit } from "#aws/table/moderation-audit.ts";
import { createPaceStore } from "#aws/table/pace-store.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createRecords } from "#aws/table/remove-records.ts";
import { createSessionHistory, readSessionEntries } from "#aws/table/session-history.ts";
import { createSessionVersions } from "#aws/table/session-versions.ts";
import { createUsageCounter } from "#aws/table/usage-counter.ts";
import { createWebhooks } from "#aws/table/webhooks.ts";
import { sharedPace } from "#domain/accounts/pacing.ts";
import { sessionEntry } from "#domain/live-state/session-entry.ts";
import { addAccount, channelArnOf } from "../fixture/accounts.ts";
import { type OpenTable, rawRow } from "../fixture/raw-row.ts";

const hook = { url: "https://example.com/hook", secret: "whsec" };

const entryAt = (channelArn: string, at: number) =>
  sessionEntry(
    { kind: "health", name: "Starvation Start", channelArn, at, streamId: "st-1", facts: { code: "x" } },
    90,
  );

export const furtherRows = (open: OpenTable) => {
  describe("pace", () => {
    it("moves a turn on once, and spaces all callers", async () => {
      const store = createPaceStore(await open());
      expect(await store.next("CreateChannel")).toBe(0);
      const answers = await Promise.all([1, 2, 3].map((to) => store.moveOn("CreateChannel", 0, to)));
      expect(answers.filter(Boolean)).toEqual([true]);
      expect([await store.moveOn("CreateChannel", 0, 9), await store.next("CreateRoom")]).toEqual([false, 0]);

      const turns: number[] = [];
      const sleep = async (wait: number) => void turns.push(wait);
      const clock = { now: () => 1_000_000, sleep };
      const pace = sharedPace(store, clock, { random: () => 0 });
      for (let call = 0; call < 5; call++) await pace.turn("CreateRoom");
      expect(turns).toEqual([200, 400, 600, 800, 1000]);
    });
  });

  describe("usage", () => {
    it("counts calls at once, each user and window alone, and lets the count go", async () => {
      const table = await open();
      const usage = createUsageCounter(table);
      const counts = await Promise.all(Array.from({ length: 10 }, () => usage.add("user-1", "DAY#2026-01-02", 99)));
      expect(counts.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect([
        await usage.add("user-1", "DAY#2026-01-03", 99),
        await usage.add("user-2", "DAY#2026-01-02", 99),
      ]).toEqual([1, 1]);
      expect(await rawRow(table, keys.usage("user-1", "DAY#2026-01-02"))).toMatchObject({ expiresAt: 99 });
    });
  });

  describe("session history", () => {
    it("keeps one entry of an event however often it comes, newest first, page by page", async () => {
      const table = await open();
      const history = createSessionHistory(table);
      const channelArn = channelArnOf("user-1");
      const entries = [3000, 1000, 2000, 3000].map((at) => entryAt(channelArn, at));
      for (const entry of entries) await history.add(entry);
      await history.add(entryAt(channelArnOf("user-2"), 2500));
      const first = await readSessionEntries(table, channelArn, { limit: 2 });
      expect(first.rows).toEqual([entryAt(channelArn, 3000), entryAt(channelArn, 2000)]);
      const second = await readSessionEntries(table, channelArn, { limit: 2, cursor: first.next });
      expect(second).toEqual({ rows: [entryAt(channelArn, 1000)] });
      const other = await readSessionEntries(table, channelArnOf("user-2"), { limit: 2, cursor: first.next });
      expect(other.rows.map(({ channelArn }) => channelArn)).toEqual([]);
    });
  });

  describe("webhooks", () => {
    it("keeps one webhook of a user, and when it was last told of a stream, also past a new address", async () => {
      const webhooks = createWebhooks(await open());
      expect([await webhooks.read("user-1"), await webhooks.remove("user-1")]).toEqual([undefined, false]);
      const mark = (id: string, at: number, ifBefore: number) => webhooks.markLive("user-1", { id, at }, ifBefore);
      expect(await mark("live:st-1", 5000, 0)).toBe(false);
      await webhooks.write("user-1", hook);
      expect(await webhooks.read("user-1")).toEqual(hook);
      const ids = ["live:st-1", "live:st-2", "live:st-3"];
      const told = await Promise.all(ids.map((id) => mark(id, 5000, 4000)));
      expect(told.filter(Boolean)).toEqual([true]);
      const lastLiveId = ids[told.indexOf(true)] ?? "";
      // Repeated by the client after a lost answer, it is the same mark.
      expect(await mark(lastLiveId, 5000, 4000)).toBe(true);
      const other = { ...hook, url: "https://example.com/other" };
      await webhooks.write("user-1", other);
      expect(await webhooks.read("user-1")).toEqual({ ...other, lastLiveAt: 5000, lastLiveId });
      expect([await mark("live:st-9", 9000, 4999), await mark("live:st-9", 9000, 5000)]).toEqual([false, true]);
    });

    it("forgets a removed webhook, but not when it was last told of a stream", async () => {
      const webhooks = createWebhooks(await open());
      const mark = (id: string) => webhooks.markLive("user-1", { id, at: 5000 }, 4000);
      await webhooks.write("user-1", hook);
      expect(await mark("live:st-1")).toBe(true);
      expect([await webhooks.remove("user-1"), await webhooks.read("user-1")]).toEqual([true, undefined]);
      expect([await webhooks.remove("user-1"), await mark("live:st-1")]).toEqual([false, false]);
      await webhooks.write("user-1", hook);
      expect(await mark("live:st-2")).toBe(false);
      expect(await webhooks.read("user-1")).toMatchObject({ lastLiveAt: 5000 });
    });

    it("lists what could not be delivered, newest first, for thirty days", async () => {
      const table = await open();
      const webhooks = createWebhooks(table);
      const failure = (at: number) => ({ id: "a", at, kind: "live", why: "the server answered 500" }) as const;
      for (const at of [1000, 2000, 3000]) await webhooks.addFailure("user-1", failure(at));
      const first = await webhooks.failures("user-1", { limit: 2 });
      expect(first.rows).toEqual([failure(3000), failure(2000)]);
      expect(await webhooks.failures("user-1", { limit: 2, cursor: first.next })).toEqual({ rows: [failure(1000)] });
      expect(await rawRow(table, keys.delivery("user-1", 1000, "a"))).toMatchObject({ expiresAt: 2_592_001 });
    });
  });

  describe("records of a user who goes", () => {
    it("are all removed, more than a batch of them, and nothing of the account itself or of others", async () => {
      const table = await open();
      const [bans, audit, usage] = [createBans(table), createModerationAudit(table), createUsageCounter(table)];
      const fill = async (sub: string) => {
        await addAccount(table, sub);
        await createWebhooks(table).write(sub, hook);
        await createWebhooks(table).addFailure(sub, { id: "a", at: 1, kind: "live", why: "refused" });
        for (let at = 1; at <= 30; at++) {
          await bans.put(sub, { userId: `user-${at}`, by: sub, reason: "", at });
          await audit.add(sub, { id: "a", at, action: "ban", by: sub, reason: "" });
          await usage.add(sub, `SECOND#${at}`, 99);
          await createSessionHistory(table).add(entryAt(channelArnOf(sub), at));
          await createAccessLists(table).add(sub, { sub: `user-${at}`, at });
          await createSessionVersions(table).raise(channelArnOf(sub), `user-${at}`);
        }
      };
      const left = async (sub: string) => {
        const page = { limit: 100 };
        const lists = [
          bans.list(sub, 0, page),
          audit.list(sub, page),
          readSessionEntries(table, channelArnOf(sub), page),
          createAccessLists(table).list(sub, page),
        ];
        const failures = (await createWebhooks(table).failures(sub, page)).rows.length;
        return [
          ...(await Promise.all(lists)).map(({ rows }) => rows.length),
          failures,
          await usage.add(sub, "SECOND#1", 9),
          await createSessionVersions(table).read(channelArnOf(sub), "user-1"),
        ];
      };
      await Promise.all([fill("user-1"), fill("user-2")]);
      expect(await createRecords(table).removeSome("user-1")).toBe("all");
      expect(await createRecords(table).removeSome("user-1")).toBe("all");
      expect([await left("user-1"), await left("user-2")]).toEqual([
        [0, 0, 0, 0, 0, 1, 0],
        [30, 30, 30, 30, 1, 2, 1],
      ]);
      expect(await createWebhooks(table).read("user-1")).toBeUndefined();
      expect(await createAccountStore(table).read("user-1")).toBeDefined();
      expect(await createProfiles(table).byName("user-1")).toBeDefined();
    });
  });
};
