import { expect, test } from "vitest";
import { removeUserless, type UserlessPorts } from "#domain/accounts/userless.ts";
import { House } from "./house.ts";

/** Complete accounts, of which some have a user. `asked` is who was looked for in the pool. */
function populated({ count = 250, gone = [] as readonly number[] } = {}) {
  const house = new House(() => 0);
  const subs = Array.from({ length: count }, (_, place) => `user-${String(place).padStart(4, "0")}`);
  for (const sub of ["house:main", ...subs]) {
    house.table.rows.set(sub, { sub, name: sub, stage: "complete", version: 1 });
    house.table.names.set(sub, sub);
  }
  const missing = new Set(gone.map((place) => subs[place]));
  const asked: string[] = [];
  const places: (string | undefined)[] = [];
  const ports: UserlessPorts = {
    store: house.table,
    queue: { send: async () => {} },
    clock: house.world.clock,
    async accounts({ limit, cursor = "0" }) {
      const all = ["house:main", ...subs].map((sub) => ({ sub }));
      const end = Number(cursor) + limit;
      return { rows: all.slice(Number(cursor), end), ...(end < all.length && { next: String(end) }) };
    },
    place: { read: async () => places.at(-1), write: async (cursor) => void places.push(cursor) },
    async isGone(sub) {
      asked.push(sub);
      return missing.has(sub);
    },
  };
  const run = async (changes: Partial<UserlessPorts> = {}, options = {}) => {
    const running = removeUserless({ ...ports, ...changes }, options).catch((error: Error) => error);
    await house.world.run();
    return running;
  };
  const deleting = () =>
    [...house.table.rows.values()].filter(({ stage }) => stage === "deleting").map(({ sub }) => sub);
  return { house, subs, ports, asked, places, run, deleting };
}

test("the deletion of each account is asked for whose user is gone, and the house is left alone", async () => {
  const { run, asked, subs, deleting, places } = populated({ gone: [3, 120] });
  expect(await run()).toEqual({ checked: 250, gone: 2 });
  expect(asked).toEqual(subs);
  expect(deleting()).toEqual(["user-0003", "user-0120"]);
  expect(places).toEqual(["100", "200", undefined]);
});

test("a run goes on where the last one stopped, ten minutes each, at five users a second", async () => {
  const { house, run, asked } = populated({ count: 7000 });
  const begin = house.world.time;
  const first = await run();
  expect(house.world.time - begin).toBeLessThan(11 * 60_000);
  expect(first).toMatchObject({ checked: expect.any(Number), gone: 0 });
  await run();
  await run();
  expect([asked.length, new Set(asked).size]).toEqual([7000, 7000]);
});

test("a failed call to the pool does nothing to any account of its page, and the next run begins with that page", async () => {
  const { run, deleting, places, ports } = populated({ gone: [1, 120] });
  const isGone = async (sub: string) => {
    if (sub === "user-0150") throw new Error("TooManyRequestsException");
    return ports.isGone(sub);
  };
  expect(await run({ isGone })).toMatchObject({ message: "TooManyRequestsException" });
  expect([deleting(), places]).toEqual([["user-0001"], ["100"]]);
  expect(await run()).toEqual({ checked: 151, gone: 1 });
  expect(deleting()).toEqual(["user-0001", "user-0120"]);
});

test("a pool without most of the users is not believed, unless somebody is sure of it", async () => {
  const gone = Array.from({ length: 60 }, (_, place) => place);
  const { run, deleting } = populated({ gone });
  expect(await run()).toMatchObject({
    code: "ERR_USERS_MISSING",
    message: "The pool has no user for 60 of 99 accounts.",
  });
  expect(deleting()).toEqual([]);
  expect(await run({}, { isSure: true })).toEqual({ checked: 250, gone: 60 });
  expect(deleting()).toHaveLength(60);
});
