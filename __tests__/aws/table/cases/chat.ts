import { describe, expect, it } from "vitest";
import { createBans } from "#aws/table/bans.ts";
import { keys } from "#aws/table/keys.ts";
import { createModerationAudit } from "#aws/table/moderation-audit.ts";
import { createSlowModes } from "#aws/table/slow-modes.ts";
import type { AuditEntry } from "#domain/chat/ports.ts";
import { addAccount, roomArnOf } from "../fixture/accounts.ts";
import { type OpenTable, rawRow } from "../fixture/raw-row.ts";

const ban = (userId: string, until?: number) => ({
  ...{ userId, by: "mod", reason: "spam", at: 1000 },
  ...(until === undefined ? {} : { until }),
});

export const chat = (open: OpenTable) =>
  describe("chat", () => {
    it("knows a ban until it ends or is lifted, and only in its own room", async () => {
      const table = await open();
      const bans = createBans(table);
      await bans.put("owner", ban("user-1", 61_000));
      await bans.put("owner", ban("user-2"));
      expect(await bans.find("owner", "user-1", 60_999)).toEqual(ban("user-1", 61_000));
      expect(await bans.find("owner", "user-1", 61_000)).toBeUndefined();
      expect(await bans.find("other", "user-1", 1000)).toBeUndefined();
      expect(await rawRow(table, keys.ban("owner", "user-1"))).toMatchObject({ expiresAt: 61 });
      expect(await rawRow(table, keys.ban("owner", "user-2"))).not.toHaveProperty("expiresAt");
      expect([await bans.remove("owner", "user-2"), await bans.remove("owner", "user-2")]).toEqual([true, false]);
      expect(await bans.find("owner", "user-2", 0)).toBeUndefined();
    });

    it("replaces a ban by a later one", async () => {
      const bans = createBans(await open());
      await bans.put("owner", ban("user-1", 61_000));
      await bans.put("owner", ban("user-1"));
      expect(await bans.find("owner", "user-1", 99_000)).toEqual(ban("user-1"));
    });

    it("lists the bans that hold, page by page, without the ended ones", async () => {
      const bans = createBans(await open());
      for (const place of [1, 2, 3, 4, 5]) {
        await bans.put("owner", place === 2 ? ban(`user-${place}`, 5000) : ban(`user-${place}`));
      }
      await bans.put("other", ban("user-9"));
      const first = await bans.list("owner", 6000, { limit: 3 });
      expect(first.rows).toEqual([ban("user-1"), ban("user-3")]);
      const second = await bans.list("owner", 6000, { limit: 3, cursor: first.next });
      expect(second).toEqual({ rows: [ban("user-4"), ban("user-5")] });
    });

    it("keeps what moderators did, newest first, two of one moment as two", async () => {
      const audit = createModerationAudit(await open());
      const entry = (at: number, id: string): AuditEntry => ({
        ...{ id, at, action: "timeout", by: "mod", userId: "user-1", reason: "spam", detail: "10" },
      });
      for (const [at, id] of [
        [1000, "a"],
        [2000, "a"],
        [2000, "b"],
      ] as const)
        await audit.add("owner", entry(at, id));
      const first = await audit.list("owner", { limit: 2 });
      expect(first.rows).toEqual([entry(2000, "b"), entry(2000, "a")]);
      expect(await audit.list("owner", { limit: 2, cursor: first.next })).toEqual({ rows: [entry(1000, "a")] });
      expect(await audit.list("other", { limit: 2, cursor: first.next })).toEqual({ rows: [] });
    });

    it("keeps slow mode for a room that there is", async () => {
      const table = await open();
      const slowModes = createSlowModes(table);
      await addAccount(table, "user-1");
      const room = roomArnOf("user-1");
      expect(await slowModes.read(room)).toBe(0);
      await slowModes.write(room, 60);
      await slowModes.write(roomArnOf("foreign"), 60);
      expect([await slowModes.read(room), await slowModes.read(roomArnOf("foreign"))]).toEqual([60, 0]);
      expect(await rawRow(table, keys.room(roomArnOf("foreign")))).toBeUndefined();
    });
  });
