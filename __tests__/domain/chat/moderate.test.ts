import { beforeEach, describe, expect, it } from "vitest";
import { memoryModeration } from "#__tests__/handlers/fixture/memory-ports.ts";
import { ban, setSlowMode } from "#domain/chat/moderate.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");
const room = { ownerSub: "ada", roomArn: "room", by: "ada" };
const spam = { userId: "bob", reason: "Spam" };

let now: number;
let ports: ReturnType<typeof memoryModeration>;

beforeEach(() => {
  now = noon;
  ports = memoryModeration(
    () => now,
    async () => [],
  );
});

/** What the audit says, oldest first. */
const audited = async () => {
  const { rows } = await ports.audit.list("ada", { limit: 100 });
  return rows.map(({ action, detail }) => [action, detail].join(" ").trim()).reverse();
};

describe("a ban", () => {
  it("that is asked for again, as it is, stands in the audit once, and puts the user out again", async () => {
    const first = await ban(ports, room, spam);
    now += 3_600_000;
    expect(await ban(ports, { ...room, by: "mod" }, spam)).toEqual(first);
    expect(await audited()).toEqual(["ban"]);
    expect(ports.acts).toEqual(Array(2).fill(["disconnect bob later", "disconnect bob from room"]).flat());
  });

  it("that is asked for otherwise is another one", async () => {
    await ban(ports, room, spam);
    await ban(ports, room, { ...spam, reason: "More spam" });
    await ban(ports, room, { ...spam, minutes: 10 });
    await ban(ports, room, { ...spam, minutes: 60 });
    expect(await audited()).toEqual(["ban", "ban", "timeout 10", "timeout 60"]);
  });

  it("of some minutes begins anew when it is asked for later than a request is repeated", async () => {
    const first = await ban(ports, room, { ...spam, minutes: 10 });
    now += 9999;
    expect(await ban(ports, room, { ...spam, minutes: 10 })).toEqual(first);
    now += 1;
    expect(await ban(ports, room, { ...spam, minutes: 10 })).toMatchObject({ until: now + 600_000 });
    expect(await audited()).toEqual(["timeout 10", "timeout 10"]);
  });

  it("that has ended is a new one", async () => {
    await ban(ports, room, { ...spam, minutes: 1 });
    now += 60_000;
    await ban(ports, room, { ...spam, minutes: 1 });
    expect(await audited()).toHaveLength(2);
  });
});

describe("slow mode", () => {
  it("set to what it is stands in the audit no second time, and the room is told again", async () => {
    for (const seconds of [0, 5, 5, 5, 10, 10, 0, 0]) await setSlowMode(ports, room, seconds);
    expect(await audited()).toEqual(["slow-mode 5", "slow-mode 10", "slow-mode 0"]);
    expect(ports.acts).toHaveLength(8);
  });
});

describe("what breaks off", () => {
  it("is in the audit already, and done when it is asked for again", async () => {
    const { put } = ports.bans;
    const { write } = ports.slowModes;
    const fail = () => Promise.reject(new Error("DynamoDB: 500"));
    Object.assign(ports.bans, { put: fail });
    Object.assign(ports.slowModes, { write: fail });
    await expect(ban(ports, room, spam)).rejects.toThrow("DynamoDB: 500");
    await expect(setSlowMode(ports, room, 5)).rejects.toThrow("DynamoDB: 500");
    expect(await audited()).toEqual(["ban", "slow-mode 5"]);
    Object.assign(ports.bans, { put });
    Object.assign(ports.slowModes, { write });
    await ban(ports, room, spam);
    await setSlowMode(ports, room, 5);
    expect(await ports.bans.find("ada", "bob", now)).toMatchObject({ reason: "Spam" });
    expect(await ports.slowModes.read("room")).toBe(5);
  });
});
