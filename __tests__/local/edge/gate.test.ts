import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createGate } from "#local/edge/gate.ts";

describe("the gate for changes", () => {
  it("waits for the changes inside before the capture, and holds those that come meanwhile", async () => {
    const gate = createGate();
    const happened: string[] = [];
    const leave = await gate.enter();
    const captured = gate.hold(async () => {
      happened.push("capture begins");
      await sleep(10);
      happened.push("capture ends");
    });
    const late = gate.enter().then((leaveLate) => {
      happened.push("late change");
      leaveLate();
    });
    await sleep(10);
    happened.push("early change");
    leave();
    await Promise.all([captured, late]);
    expect(happened).toEqual(["early change", "capture begins", "capture ends", "late change"]);
  });

  it("does not wait for ever for a change that does not end", async () => {
    const gate = createGate(20);
    await gate.enter();
    expect(await gate.hold(async () => "captured")).toBe("captured");
  });

  it("lets changes through again after a capture that failed", async () => {
    const gate = createGate();
    await expect(gate.hold(() => Promise.reject(new Error("disk full")))).rejects.toThrow("disk full");
    (await gate.enter())();
  });

  it("counts a change once, however often it leaves", async () => {
    const gate = createGate(20);
    const [first] = [await gate.enter(), await gate.enter()];
    first();
    first();
    const started = Date.now();
    await gate.hold(async () => undefined);
    expect(Date.now() - started).toBeGreaterThanOrEqual(15);
  });
});
