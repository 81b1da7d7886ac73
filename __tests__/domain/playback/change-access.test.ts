import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { House } from "#__tests__/domain/accounts/house.ts";
import { Crash } from "#__tests__/domain/accounts/world.ts";
import { accountState } from "#domain/accounts/account.ts";
import type { AccessChange, AccessOutcome } from "#domain/playback/change-access.ts";

const sub = "user-1";
const changes = {
  private: { access: "private", audience: { kind: "signed-in" } },
  public: { access: "public" },
} as const satisfies Record<string, AccessChange>;
type Access = keyof typeof changes;

/** A house with one account, whose channel is as is said; `breaches` are moments at which its row promised too much. */
async function houseWith(access: Access, draw: (below: number) => number = () => 0) {
  const house = new House(draw);
  house.signUp(sub);
  await house.world.run();
  if (access === "private") await ends(house, house.changeAccess(sub, changes.private));
  const breaches: string[] = [];
  const call = house.world.call.bind(house.world);
  house.world.call = (effect, isRepeated) =>
    call(() => {
      const answer = effect();
      if (house.privates.has(sub) && house.accessOf(sub) === "public") breaches.push("the row says private");
      return answer;
    }, isRepeated);
  return { house, breaches };
}

async function ends<Answer>(house: House, running: Promise<Answer>) {
  running.catch(() => {});
  await house.world.run();
  return running;
}

/** The next so-many-th call never answers: it does not arrive, or its answer does not. */
function crashAt(house: House, place: number, fate: "before" | "after") {
  const call = house.world.call.bind(house.world);
  let calls = 0;
  house.world.call = async (effect, isRepeated) => {
    const isMeant = ++calls === place;
    if (isMeant && fate === "before") throw new Crash(fate);
    const answer = await call(effect, isRepeated);
    if (isMeant) throw new Crash(fate);
    return answer;
  };
  return { heal: () => (house.world.call = call), calls: () => calls };
}

const isAs = (house: House, access: Access) =>
  expect([house.privates.has(sub), house.accessOf(sub)]).toEqual([access === "private", access]);

describe.each([
  ["private", "public"],
  ["public", "private"],
] as const)("a %s channel", (before, after) => {
  test(`is made ${after}, and given free`, async () => {
    const { house, breaches } = await houseWith(before);
    expect(await ends(house, house.changeAccess(sub, changes[after]))).toBe("changed");
    isAs(house, after);
    expect([breaches, house.table.rows.get(sub)?.lease]).toEqual([[], undefined]);
  });

  test("stays so while it is live", async () => {
    const { house } = await houseWith(before);
    house.goLive(sub);
    const running = house.changeAccess(sub, changes[after]);
    expect(await ends(house, running)).toBe("live");
    isAs(house, before);
  });

  test("stays so when it goes live meanwhile", async () => {
    const { house, breaches } = await houseWith(before);
    const running = house.changeAccess(sub, changes[after]);
    // Each call takes two milliseconds, and the third asks IVS or writes the row.
    house.world.after(3, () => house.goLive(sub));
    expect(await ends(house, running)).toBe("live");
    isAs(house, before);
    expect(breaches).toEqual([]);
  });

  test("promises nothing that does not hold, whatever call breaks off, and the same call again ends it", async () => {
    for (const fate of ["before", "after"] as const) {
      for (let place = 1; ; place++) {
        const { house, breaches } = await houseWith(before);
        const fault = crashAt(house, place, fate);
        const broken = ends(house, house.changeAccess(sub, changes[after])).catch((error: unknown) => error);
        const outcome = await broken;
        const isOver = fault.calls() < place;
        fault.heal();
        expect(breaches, `call ${place}, ${fate}`).toEqual([]);
        if (outcome === "changed") isAs(house, after);
        house.world.after(60_001, () => {});
        await house.world.run();
        expect(await ends(house, house.changeAccess(sub, changes[after])), `call ${place}, ${fate}`).toBe("changed");
        isAs(house, after);
        expect(breaches).toEqual([]);
        if (isOver) break;
        expect(outcome, `call ${place}, ${fate}`).toBeInstanceOf(Crash);
      }
    }
  });

  test("is told to be so when its deletion is asked for after that, which waits for nothing", async () => {
    const { house } = await houseWith(before);
    const running = house.changeAccess(sub, changes[after]);
    // The deletion is written after the channel and the row are changed, and before the account is given free.
    house.world.after(7, () => house.delete(sub));
    const begin = house.world.time;
    expect(await ends(house, running)).toBe("changed");
    expect(accountState(house.table.rows.get(sub))).toBe("deleted");
    // The last look comes a minute after; a lease that was left would hold up the deletion for a minute more.
    expect(house.world.time - begin).toBeLessThan(90_000);
  });
});

test("the audience of a private channel is changed while it is live", async () => {
  const { house } = await houseWith("private");
  house.goLive(sub);
  expect(await ends(house, house.changeAccess(sub, changes.private))).toBe("changed");
  isAs(house, "private");
});

test("a live channel that broke off on its way to be public is not said to be public", async () => {
  const { house } = await houseWith("private");
  house.privates.delete(sub);
  house.goLive(sub);
  expect(await ends(house, house.changeAccess(sub, changes.public))).toBe("live");
  expect(house.accessOf(sub)).toBe("private");
});

test("an account that somebody works on is busy, and one that is not whole is gone", async () => {
  const { house } = await houseWith("public");
  const row = house.table.rows.get(sub);
  if (row === undefined) throw new Error("no account");
  house.table.rows.set(sub, { ...row, lease: { holder: "a worker", until: house.world.time + 60_000 } });
  expect(await ends(house, house.changeAccess(sub, changes.private))).toBe("busy");
  isAs(house, "public");
  house.table.rows.set(sub, { ...row, stage: "deleting" });
  expect(await ends(house, house.changeAccess(sub, changes.private))).toBe("gone");
  expect(await ends(house, house.changeAccess("nobody", changes.private))).toBe("gone");
});

test("whoever asks at once, and whatever breaks off: no row says private of a public channel, and all ends as asked last", async () => {
  const deed = fc.record({
    what: fc.constantFrom("private", "private", "public", "lose", "go-live", "reset"),
    pause: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 70_000 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 8 }),
      fc.record({ most: fc.integer({ min: 0, max: 10 }), rarity: fc.constantFrom(3, 8, 25) }),
      fc.infiniteStream(fc.nat(2 ** 30)),
      async (deeds, faults, numbers) => {
        const { house, breaches } = await houseWith("public", (below) => (numbers.next().value ?? 0) % below);
        Object.assign(house.world, { faults: faults.most, rarity: faults.rarity });
        const answered: [AccessOutcome, Access, string | undefined][] = [];
        let at = 0;
        for (const [place, { what, pause }] of deeds.entries()) {
          at += pause;
          house.world.after(at, () => {
            if (what === "lose") return house.lose(sub);
            if (what === "go-live") return house.goLive(sub);
            if (what === "reset") return house.reset(sub, `reset-${place}`);
            return void house.changeAccess(sub, changes[what]).then(
              (outcome) => answered.push([outcome, what, house.accessOf(sub)]),
              () => {},
            );
          });
        }
        await house.world.run();
        await house.settle();
        if (house.isWithoutChannel(sub)) house.reset(sub, "because nothing plays");
        await house.settle();
        expect(breaches).toEqual([]);
        if (house.privates.has(sub)) expect(house.accessOf(sub)).toBe("private");
        for (const channel of house.service.channels.values()) channel.live = false;
        for (const access of ["private", "public"] as const) {
          expect(await ends(house, house.changeAccess(sub, changes[access]))).toBe("changed");
          isAs(house, access);
        }
        expect(house.surprises).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
