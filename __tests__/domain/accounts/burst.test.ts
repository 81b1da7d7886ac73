import { expect, test } from "vitest";
import { paced } from "#domain/accounts/paced.ts";
import { sharedPace } from "#domain/accounts/pacing.ts";
import type { WorkQueue } from "#domain/accounts/ports.ts";
import { type WorkMessage, type WorkPorts, work } from "#domain/accounts/work.ts";
import { House } from "./house.ts";
import { Turns } from "./table.ts";
import type { Draw } from "./world.ts";

/** The same numbers each time. */
function numbers(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The most calls that fall into any second. */
const mostInASecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));

test("1,000 sign-ups at once all complete, none lost, and never more than 5 channels are asked for in a second", async () => {
  const house = new House(numbers(7));
  const turns = new Turns(house.world);
  const created = { CreateChannel: [] as number[], CreateRoom: [] as number[] };
  const backlog: WorkMessage[] = [];
  const queue: WorkQueue = { send: async (sub, _after, putBack) => void backlog.push({ sub, ...putBack }) };
  const begin = house.world.time;

  const functions = Array.from({ length: 5 }, () =>
    sharedPace(turns, house.world.clock, { random: () => house.world.draw(1000) / 1000 }),
  );

  const ports = (worker: number): WorkPorts => {
    const own = functions[worker % functions.length];
    const pace = {
      async turn(operation: string) {
        await own?.turn(operation);
        if (operation === "CreateChannel" || operation === "CreateRoom") {
          created[operation].push(house.world.time);
        }
      },
    };
    const all = house.ports();
    return {
      ...all,
      holder: `${all.holder}-${worker}`,
      queue,
      channels: paced(
        all.channels,
        { find: "ListChannels", create: "CreateChannel", addresses: "GetChannel", remove: "DeleteChannel" },
        pace,
      ),
      rooms: paced(all.rooms, { find: "ListRooms", create: "CreateRoom", remove: "DeleteRoom" }, pace),
    };
  };
  const worker = async (place: number) => {
    for (let one = backlog.shift(); one !== undefined; one = backlog.shift()) await work(one, ports(place));
  };

  const subs = Array.from({ length: 1000 }, (_, place) => `user-${place}`);
  for (const sub of subs) house.table.rows.set(sub, { sub, name: sub, stage: "reserved", version: 0 });
  backlog.push(...subs.map((sub) => ({ sub })));
  for (let place = 0; place < 25; place++) worker(place);
  await house.world.run();

  expect(subs.filter((sub) => house.table.rows.get(sub)?.stage !== "complete")).toEqual([]);
  expect([house.service.channels.size, house.service.rooms.size]).toEqual([1000, 1000]);
  expect(mostInASecond(created.CreateChannel)).toBeLessThanOrEqual(5);
  expect(mostInASecond(created.CreateRoom)).toBeLessThanOrEqual(5);
  // 200 s is what 5 a second takes.
  expect(house.world.time - begin).toBeLessThan(280_000);
}, 60_000);
