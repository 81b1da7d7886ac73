import fc from "fast-check";
import { expect, test } from "vitest";
import { House } from "./house.ts";

const subs = ["user-1", "user-2"];

const deed = fc.record({
  what: fc.constantFrom(
    "sign-up",
    "sign-up",
    "sign-up",
    "go-live",
    "reset",
    "reset-again",
    "lose",
    "note",
    "note",
    "delete",
    "remove-user",
  ),
  sub: fc.constantFrom(...subs),
  pause: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100_000 })),
});

type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

function play(house: House, deeds: readonly Deed[]) {
  let at = 0;
  for (const [place, { what, sub, pause }] of deeds.entries()) {
    at += pause;
    house.world.after(at, () => {
      if (what === "sign-up") house.signUp(sub);
      if (what === "go-live") house.goLive(sub);
      if (what === "reset") house.reset(sub, `reset-${place}`);
      if (what === "reset-again") house.reset(sub, "reset-0");
      if (what === "lose") house.lose(sub);
      if (what === "note") house.note(sub);
      if (what === "delete") house.delete(sub);
      if (what === "remove-user") house.users.delete(sub);
    });
  }
}

function expectWhole(house: House, sub: string) {
  const row = house.table.rows.get(sub);
  expect([row?.stage, row?.quotaSince, row?.keyReset]).toEqual(["complete", undefined, undefined]);
  expect(house.channelsOf(sub)).toEqual([row?.channelArn]);
  expect(house.roomsOf(sub)).toEqual([row?.roomArn]);
  expect(house.table.names.get(row?.name ?? "")).toBe(sub);
  const keys = [...(house.service.channels.get(row?.channelArn ?? "")?.keys ?? [])];
  expect(keys.length).toBe(1);
  if (row?.lastReset !== undefined) expect(keys).toEqual([row.lastReset.keyArn]);
}

function expectGone(house: House, sub: string) {
  expect(house.table.rows.get(sub)).toEqual({
    sub,
    name: "",
    stage: "deleted",
    expiresAt: expect.any(Number),
    version: expect.any(Number),
  });
  expect([house.channelsOf(sub), house.roomsOf(sub)]).toEqual([[], []]);
  expect([...house.table.names.values()]).not.toContain(sub);
  expect([house.users.has(sub), house.objects.get(sub), house.records.get(sub)]).toEqual([false, 0, 0]);
}

test("whatever is done, doubled, at once, and broken off: one channel, one room, one row, or nothing at all", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 9 }),
      fc.record({ most: fc.integer({ min: 0, max: 14 }), rarity: fc.constantFrom(3, 8, 25), slow: fc.boolean() }),
      fc.infiniteStream(fc.nat(2 ** 30)),
      async (deeds, faults, numbers) => {
        const house = new House((below) => (numbers.next().value ?? 0) % below);
        house.world.faults = faults.most;
        house.world.rarity = faults.rarity;
        house.world.hasSlowWorkers = faults.slow;
        play(house, deeds);
        await house.world.run();
        await house.settle();
        // Callers whose call was lost ask again.
        const asked = (what: string) => subs.filter((sub) => deeds.some((one) => one.what === what && one.sub === sub));
        for (const sub of asked("sign-up")) house.signUp(sub);
        await house.settle();
        for (const sub of asked("delete")) house.delete(sub);
        await house.settle();
        for (const sub of subs) if (house.isWithoutChannel(sub)) house.reset(sub, "because nothing plays");
        await house.settle();

        expect([house.surprises, house.service.returns]).toEqual([[], 0]);
        // Only a worker that outlives its lease, and dies then, leaves anything for the sweep.
        if (!faults.slow) expect(house.spares).toBe(0);
        for (const sub of subs) {
          if (!asked("sign-up").includes(sub)) expect(house.table.rows.has(sub)).toBe(false);
          else if (asked("delete").includes(sub) || !house.users.has(sub)) expectGone(house, sub);
          else expectWhole(house, sub);
        }
      },
    ),
    { numRuns: 600 },
  );
}, 60_000);
