import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { House } from "#__tests__/domain/accounts/house.ts";
import { settleAccess } from "#domain/converge/settle-access.ts";
import type { AccessChange } from "#domain/playback/change-access.ts";

const sub = "user-1";
const changes = {
  private: { access: "private", audience: { kind: "signed-in" } },
  public: { access: "public" },
} as const satisfies Record<string, AccessChange>;

const settle = (house: House) =>
  settleAccess(sub, { ...house.ports(), channels: house.service.accessPort, profiles: house.profiles });

async function houseWith(access: keyof typeof changes, draw: (below: number) => number = () => 0) {
  const house = new House(draw);
  house.signUp(sub);
  await house.world.run();
  await ends(house, house.changeAccess(sub, changes[access]));
  return house;
}

async function ends<Answer>(house: House, running: Promise<Answer>): Promise<Answer> {
  running.catch(() => {});
  await house.world.run();
  return running;
}

/** Somebody changes the channel by hand, as the console lets them. */
function byHand(house: House, access: "private" | "public"): void {
  const channel = house.service.channels.get(house.table.rows.get(sub)?.channelArn ?? "");
  if (channel !== undefined) channel.access = access;
}

describe.each([
  ["private", "public"],
  ["public", "private"],
] as const)("a channel whose row says %s, made %s by hand", (said, made) => {
  it("is made what the row says, and given free", async () => {
    const house = await houseWith(said);
    byHand(house, made);
    expect(await ends(house, settle(house))).toBe("changed");
    expect([house.accessOf(sub), house.table.rows.get(sub)?.lease]).toEqual([said, undefined]);
  });

  it("stays so while it is live", async () => {
    const house = await houseWith(said);
    byHand(house, made);
    house.goLive(sub);
    expect(await ends(house, settle(house))).toBe("live");
  });
});

it("an account that somebody works on is busy, and one that goes is gone", async () => {
  const house = await houseWith("private");
  const row = house.table.rows.get(sub);
  if (row === undefined) throw new Error("no account");
  house.table.rows.set(sub, { ...row, lease: { holder: "a worker", until: house.world.time + 60_000 } });
  expect(await ends(house, settle(house))).toBe("busy");
  house.table.rows.set(sub, { ...row, stage: "deleting" });
  expect(await ends(house, settle(house))).toBe("gone");
});

it("no row says private of a public channel, whenever its owner changes it meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("private" as const, "public" as const),
      fc.constantFrom("private" as const, "public" as const),
      fc.integer({ min: 0, max: 600 }),
      fc.infiniteStream(fc.nat(2 ** 30)),
      async (before, after, pause, numbers) => {
        const house = await houseWith(before, (below) => (numbers.next().value ?? 0) % below);
        let isBroken = false;
        const call = house.world.call.bind(house.world);
        house.world.call = (effect, isRepeated) =>
          call(() => {
            const answer = effect();
            if (house.privates.has(sub) && house.accessOf(sub) === "public") isBroken = true;
            return answer;
          }, isRepeated);
        const settling = settle(house);
        house.world.after(pause, () => void house.changeAccess(sub, changes[after]).catch(() => {}));
        await ends(house, settling);
        expect(isBroken).toBe(false);
        expect(house.accessOf(sub)).toBe(house.privates.has(sub) ? "private" : "public");
      },
    ),
    { numRuns: 300 },
  );
});
