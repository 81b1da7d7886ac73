import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createSaver, type Saver } from "#local/generations/saver.ts";

let saver: Saver | undefined;
afterEach(() => saver?.stop());

const world = (intervalMilliseconds: number, save = async () => {}) => {
  const state = { revision: 0, saved: [] as number[], lines: [] as string[] };
  saver = createSaver({
    revision: () => state.revision,
    report: (line) => state.lines.push(line),
    intervalMilliseconds,
    write: async () => {
      const captured = state.revision;
      await save();
      state.saved.push(captured);
      return captured;
    },
  });
  return { state, saver };
};

describe("saving in a while", () => {
  it("happens once for many changes, and not at all without one", async () => {
    const { state } = world(10);
    await sleep(30);
    expect(state.saved).toEqual([]);
    state.revision = 5;
    await sleep(60);
    expect(state.saved).toEqual([5]);
  });

  it("is reported once when it fails, and once when it works again", async () => {
    let fails = true;
    const { state } = world(5, async () => {
      if (fails) throw new Error("disk full");
    });
    state.revision = 1;
    await sleep(60);
    fails = false;
    await sleep(60);
    expect(state.lines).toEqual(["Saving failed, what is done now is not kept: disk full", "Saving works again."]);
  });

  it("ends when it is stopped", async () => {
    const { state, saver: stopped } = world(5);
    await stopped.stop();
    state.revision = 1;
    await sleep(30);
    expect(state.saved).toEqual([]);
  });
});

describe("saving now", () => {
  it("contains what was done before the call, also while another save is under way", async () => {
    const { state, saver: saving } = world(10_000, () => sleep(20));
    state.revision = 1;
    const first = saving.save();
    state.revision = 2;
    const [second, third] = [saving.save(), saving.save()];
    await Promise.all([first, second, third]);
    expect(state.saved).toEqual([1, 2]);
  });

  it("works after a save that failed", async () => {
    let fails = true;
    const { saver: saving, state } = world(10_000, async () => {
      await sleep(5);
      if (fails) throw new Error("disk full");
    });
    const first = saving.save();
    const second = saving.save();
    await expect(first).rejects.toThrow("disk full");
    fails = false;
    await second;
    expect(state.saved).toEqual([0]);
  });
});
