import { describe, expect, it } from "vitest";
import { createAccountStore } from "#aws/table/account-store.ts";
import { keys } from "#aws/table/keys.ts";
import { createLiveRows } from "#aws/table/live-rows.ts";
import { createSessionHistory, readSessionEntries } from "#aws/table/session-history.ts";
import { applyStreamEvent } from "#domain/live-state/apply-stream-event.ts";
import { neverLive, withState } from "#domain/live-state/live-row.ts";
import { observeStreams } from "#domain/live-state/observe-streams.ts";
import { addAccount, all, channelArnOf, reserved } from "../fixture/accounts.ts";
import { putRows } from "../fixture/put-rows.ts";
import { type OpenTable, rawRow } from "../fixture/raw-row.ts";

const arns = (count: number) => Array.from({ length: count }, (_, place) => channelArnOf(`user-${place}`));

export const liveRows = (open: OpenTable) =>
  describe("live states", () => {
    it("finds the rows of channels that have one, more than a batch of them, each once", async () => {
      const table = await open();
      const rows = createLiveRows(table);
      const pairs = Array.from({ length: 130 }, (_, place) => `user-${place}`).map((sub) => [
        { ...keys.account(sub), sub, channelArn: channelArnOf(sub) },
        { ...keys.channel(channelArnOf(sub)), sub },
      ]);
      await putRows(table, pairs.flat());
      const found = await rows.find([...arns(130), ...arns(2), channelArnOf("foreign")]);
      expect(found.map(({ channelArn }) => channelArn).toSorted()).toEqual(arns(130).toSorted());
      expect(found[0]).toMatchObject({ state: neverLive, writtenAt: 0, version: 0 });
      expect(await rows.find([])).toEqual([]);
    });

    it("writes a state that reads back as it was, beside an account that stays as it was", async () => {
      const table = await open();
      const rows = createLiveRows(table);
      const account = await addAccount(table, "user-1");
      const channelArn = channelArnOf("user-1");
      const first = { channelArn, state: neverLive, writtenAt: 0, version: 0 };
      const live = withState(first, { live: true, streamId: "st-1", at: 5000, seenAt: 6000, viewers: 3 }, 7000);
      expect(await rows.write(live, 0)).toBe(true);
      expect([await rows.find([channelArn]), await all(rows.live())]).toEqual([[live], [live]]);
      const ended = withState(live, { live: false, streamId: "st-1", at: 9000 }, 9500);
      // A function that has not read the row asks whose the channel is.
      expect(await createLiveRows(table).write(ended, 1)).toBe(true);
      expect([await rows.find([channelArn]), await all(rows.live())]).toEqual([[ended], []]);
      const row = await rawRow(table, keys.account("user-1"));
      expect(["live", "watched", "viewers", "seenAt"].filter((name) => row !== undefined && name in row)).toEqual([]);
      expect(await createAccountStore(table).read("user-1")).toEqual(account);
    });

    it("lets one of two writes through that were decided on the same version", async () => {
      const table = await open();
      const rows = createLiveRows(table);
      await addAccount(table, "user-1");
      const first = { channelArn: channelArnOf("user-1"), state: neverLive, writtenAt: 0, version: 0 };
      const states = [1, 2, 3].map((at) => withState(first, { live: true, streamId: `st-${at}`, at }, 10));
      const answers = await Promise.all(states.map((state) => rows.write(state, 0)));
      expect(answers.filter(Boolean)).toEqual([true]);
      expect(await rows.find([first.channelArn])).toEqual([states[answers.indexOf(true)]]);
    });

    it("counts a write as written that its client repeats after a lost answer, so that its news is told", async () => {
      const table = await open();
      const rows = createLiveRows(table);
      await addAccount(table, "user-1");
      const first = { channelArn: channelArnOf("user-1"), state: neverLive, writtenAt: 0, version: 0 };
      const began = withState(first, { live: true, streamId: "st-1", at: 1 }, 10);
      expect([await rows.write(began, 0), await rows.write(began, 0)]).toEqual([true, true]);
      const others = [
        withState(first, { live: true, streamId: "st-2", at: 1 }, 10),
        withState(first, { live: false, streamId: "st-1", at: 1 }, 10),
        withState(first, { live: true, streamId: "st-1", at: 1 }, 11),
      ];
      for (const other of others) expect(await rows.write(other, 0)).toBe(false);
      expect(await rows.find([first.channelArn])).toEqual([began]);
    });

    it("makes no row for a channel that is not ours, and none of one whose account is gone", async () => {
      const table = await open();
      const rows = createLiveRows(table);
      const account = await addAccount(table, "user-1");
      const [known] = await rows.find([channelArnOf("user-1")]);
      await createAccountStore(table).bury(account, { ...reserved("user-1", ""), stage: "deleted", version: 2 });
      const state = { live: true, streamId: "st-1", at: 1 };
      if (known === undefined) throw new Error("the row was not found");
      expect(await rows.write(withState(known, state, 1), 0)).toBe(false);
      expect(await rows.write(withState({ ...known, channelArn: channelArnOf("foreign") }, state, 1), 0)).toBe(false);
      expect(await all(rows.live())).toEqual([]);
    });

    it("follows events and walks: what is listed is live, what is not has ended, a foreign channel is no row", async () => {
      const table = await open();
      const [rows, history] = [createLiveRows(table), createSessionHistory(table)];
      for (const place of [0, 1, 2]) await addAccount(table, `user-${place}`);
      const [lost = "", listed = "", missed = ""] = arns(3);
      const foreign = channelArnOf("foreign");
      const start = (channelArn: string) =>
        applyStreamEvent(
          { kind: "state", name: "Stream Start", channelArn, streamId: "st-1", at: 1000, facts: {} },
          { rows, history, now: () => 2000, historyDays: 90 },
        );
      const decisions = await Promise.all([lost, listed, foreign].map(start));
      expect(decisions.map(({ action }) => action)).toEqual(["change", "change", "drop"]);

      const now = 1_000_000;
      const on = (channelArn: string) => ({ channelArn, streamId: "st-1", startedAt: 1000, viewers: 4 });
      const streams = { page: async () => ({ streams: [on(listed), on(missed), on(foreign)] }) };
      const observed = await observeStreams({ streams, rows, now: () => now, corrected: async () => {} });
      expect(observed).toEqual({ listed: 3, starving: 0, foreign: 1, corrected: 2, confirmed: 1, passedOver: 0 });
      const live = await all(rows.live());
      expect(live.map(({ channelArn, state }) => [channelArn, state.viewers]).toSorted()).toEqual([
        [listed, 4],
        [missed, 4],
      ]);
      expect(await rows.find([foreign])).toEqual([]);
      expect((await readSessionEntries(table, foreign, { limit: 5 })).rows).toEqual([]);
      expect((await readSessionEntries(table, lost, { limit: 5 })).rows).toHaveLength(1);
    });

    it("remembers the latest walk", async () => {
      const rows = createLiveRows(await open());
      expect(await rows.lastWalk()).toBe(0);
      await Promise.all([rows.rememberWalk(5), rows.rememberWalk(7), rows.rememberWalk(6)]);
      expect(await rows.lastWalk()).toBe(7);
    });
  });
