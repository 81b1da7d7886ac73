import { expect, test } from "vitest";
import { resetStreamKey } from "#domain/accounts/key-reset.ts";
import { paced } from "#domain/accounts/paced.ts";
import { sharedPace } from "#domain/accounts/pacing.ts";
import { House } from "./house.ts";
import { Turns } from "./table.ts";

const sub = "user-1";
const mostWaitMilliseconds = 1000;

/** A finished account, and the turns of all functions, each of which has a pace of its own. */
async function busyHouse() {
  const house = new House(() => 0);
  house.signUp(sub);
  await house.world.run();
  const turns = new Turns(house.world);
  const pace = (settings = {}) => sharedPace(turns, house.world.clock, { random: () => 0.5, ...settings });
  return { house, pace };
}

test("a caller who cannot wait is told at once that the turn would come too late, and takes none", async () => {
  const { house, pace } = await busyHouse();
  const others = pace();
  for (let caller = 0; caller < 20; caller++) others.turn("ListStreamKeys");
  const begin = house.world.time;
  const refused: number[] = [];
  house.world.after(1500, () => {
    for (let caller = 0; caller < 20; caller++) {
      pace({ mostWaitMilliseconds })
        .turn("ListStreamKeys")
        .catch(({ code }) => refused.push(code === "THROTTLED" ? house.world.time - begin : -1));
    }
  });
  await house.world.run();
  expect(refused.length).toBe(20);
  expect(Math.max(...refused)).toBeLessThanOrEqual(1500 + mostWaitMilliseconds);
  expect(Math.min(...refused)).toBeGreaterThanOrEqual(1500);
});

test("a reset within a request is over in time while many others ask, and the workers finish it", async () => {
  const { house, pace } = await busyHouse();
  const ofRequest = pace({ mostWaitMilliseconds });
  const ports = house.ports();
  const operations = { list: "ListStreamKeys", create: "CreateStreamKey", remove: "DeleteStreamKey" };
  const keys = paced(ports.keys, operations, ofRequest);
  const others = pace();
  for (let caller = 0; caller < 40; caller++) others.turn("DeleteStreamKey");
  const begin = house.world.time;
  let took = 0;
  const outcome = resetStreamKey(sub, "request-1", { ...ports, keys }).finally(() => {
    took = house.world.time - begin;
  });
  await house.world.run();
  expect(await outcome).toEqual({ kind: "later", why: "throttled", retryInMilliseconds: 2000 });
  expect(took).toBeLessThan(3 * mostWaitMilliseconds);
  await house.settle();
  expect(house.table.rows.get(sub)?.lastReset?.ids).toEqual(["request-1"]);
});
