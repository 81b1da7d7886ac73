import { describe, expect, test, vi } from "vitest";
import { accountState } from "#domain/accounts/account.ts";
import { resetStreamKey } from "#domain/accounts/key-reset.ts";
import { firstChannelName } from "#domain/accounts/names/first-name.ts";
import { provision } from "#domain/accounts/provisioning.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import { signUp } from "#domain/accounts/sign-up.ts";
import { House } from "./house.ts";

const sub = "user-1";

async function finished() {
  const house = new House(() => 0);
  house.signUp(sub);
  await house.world.run();
  return house;
}

/** Runs what takes time, and answers with what it came to. */
async function ends<Answer>(house: House, running: Promise<Answer>) {
  await house.world.run();
  return running;
}

const channelOf = (house: House) => house.service.channels.get(house.table.rows.get(sub)?.channelArn ?? "");

test("a full quota shows on the account until there is room again, and the sweep asks again", async () => {
  const house = new House(() => 0);
  house.service.quota = 0;
  house.signUp(sub);
  await house.world.run();
  expect(accountState(house.table.rows.get(sub))).toBe("waiting-for-quota");
  expect(house.service.callTimes.get("CreateChannel")?.length).toBe(1);
  house.service.quota = 1;
  await house.settle();
  expect(accountState(house.table.rows.get(sub))).toBe("ready");
});

test.each([
  [" Cafe\u0301 ", "Caf\u00e9"],
  ["adm\u202enim", "adm-nim-x7k2"],
  ["a\u200bda", "a-da-x7k2"],
  ["a\u0000da", "a-da-x7k2"],
  ["", "channel-x7k2"],
])("a sign-up as %j shows %j to others", async (nickname, shown) => {
  const house = new House(() => 0);
  const reserve = vi.spyOn(house.table, "reserve");
  await ends(house, signUp(sub, nickname, { store: house.table, queue: house.queue, randomName: () => "x7k2" }));
  expect(reserve).toHaveBeenCalledWith(expect.anything(), shown);
});

test("the same request of a key reset is answered with the same key", async () => {
  const house = await finished();
  const first = await ends(house, resetStreamKey(sub, "request-1", house.ports()));
  expect(first).toEqual({ kind: "reset", keyArn: [...(channelOf(house)?.keys ?? [])][0] });
  expect(await ends(house, resetStreamKey(sub, "request-1", house.ports()))).toEqual(first);
  expect(await ends(house, resetStreamKey(sub, "request-2", house.ports()))).not.toEqual(first);
});

test("a reset that finds its channel gone does not take back a deletion that was asked for meanwhile", async () => {
  const house = await finished();
  house.lose(sub);
  const reset = resetStreamKey(sub, "request-1", house.ports());
  // The reset has begun, and has not yet asked for the new key: each call takes two milliseconds.
  house.world.after(8, () => house.delete(sub));
  expect(await ends(house, reset)).toMatchObject({ kind: "later", why: "changed" });
  expect(house.table.rows.get(sub)?.stage).toBe("deleted");
});

test("an account without a channel has no key to reset", async () => {
  const house = new House(() => 0);
  expect(await ends(house, resetStreamKey(sub, "request-1", house.ports()))).toEqual({ kind: "not-ready" });
});

test("a second key on a channel is never made: what is there after a lost answer is taken", async () => {
  const house = await finished();
  const row = house.table.rows.get(sub);
  const keys = channelOf(house)?.keys;
  if (row === undefined || keys === undefined) throw new Error("no account");
  house.table.rows.set(sub, { ...row, keyReset: { id: "request-1", oldKeyArns: [...keys] } });
  keys.clear();
  keys.add("stream-key/new");
  const outcome = await ends(house, resetStreamKey(sub, "request-2", house.ports()));
  expect(outcome).toEqual({ kind: "reset", keyArn: "stream-key/new" });
  expect(house.table.rows.get(sub)?.lastReset?.ids).toEqual(["request-1", "request-2"]);
});

test("of two workers at once the second leaves the account alone, and comes back when the lease ends", async () => {
  const house = new House(() => 0);
  house.table.rows.set(sub, { sub, name: "ana-1", stage: "reserved", version: 0 });
  const first = provision(sub, house.ports());
  const second = house.world.clock.sleep(5).then(() => provision(sub, house.ports()));
  await house.world.run();
  expect(await first).toEqual({ kind: "done" });
  const answer = await second;
  expect(answer).toMatchObject({ kind: "later", why: "busy" });
  expect(answer.kind === "later" && answer.retryInMilliseconds).toBeGreaterThan(59_900);
  expect(house.service.callTimes.get("CreateChannel")?.length).toBe(1);
});

test("a worker that makes a channel after its lease, and after another's, takes its own away again", async () => {
  const house = new House(() => 0);
  house.table.rows.set(sub, { sub, name: "ana-1", stage: "reserved", version: 0 });
  const ports = house.ports();
  const create = async (owner: string) => {
    await house.world.clock.sleep(70_000);
    return ports.channels.create(owner, "public");
  };
  const slow = provision(sub, { ...ports, channels: { ...ports.channels, create } });
  const other = house.world.clock.sleep(65_000).then(() => provision(sub, house.ports()));
  await house.world.run();
  expect([await slow, await other]).toEqual([
    { kind: "later", why: "changed", retryInMilliseconds: 1000 },
    { kind: "done" },
  ]);
  expect(house.channelsOf(sub)).toEqual([house.table.rows.get(sub)?.channelArn]);
});

test("a channel that somebody removes while its account is made is made again", async () => {
  const house = new House(() => 0);
  house.table.rows.set(sub, { sub, name: "ana-1", stage: "reserved", version: 0 });
  const ports = house.ports();
  const addresses = (arn: string) => {
    house.lose(sub);
    return ports.channels.addresses(arn);
  };
  const first = await ends(house, provision(sub, { ...ports, channels: { ...ports.channels, addresses } }));
  expect(first).toEqual({ kind: "later", why: "changed", retryInMilliseconds: 1000 });
  expect(await ends(house, provision(sub, house.ports()))).toEqual({ kind: "done" });
  expect(house.channelsOf(sub)).toEqual([house.table.rows.get(sub)?.channelArn]);
});

test("a finished account whose channel somebody removed gets another when its key is reset, and keeps its room", async () => {
  const house = await finished();
  const before = house.table.rows.get(sub);
  house.lose(sub);
  const outcome = await ends(house, resetStreamKey(sub, "request-1", house.ports()));
  expect(outcome).toEqual({ kind: "later", why: "changed", retryInMilliseconds: 1000 });
  expect(accountState(house.table.rows.get(sub))).toBe("preparing");
  await house.settle();
  const row = house.table.rows.get(sub);
  expect([row?.stage, row?.roomArn]).toEqual(["complete", before?.roomArn]);
  expect(house.channelsOf(sub)).toEqual([row?.channelArn]);
  const again = await ends(house, resetStreamKey(sub, "request-1", house.ports()));
  expect(again).toEqual({ kind: "reset", keyArn: [...(channelOf(house)?.keys ?? [])][0] });
});

test("a private channel that somebody removed is made again as a private one", async () => {
  const house = await finished();
  await ends(house, house.changeAccess(sub, { access: "private", audience: { kind: "signed-in" } }));
  const creations = vi.spyOn(house.service.channelPort, "create");
  house.lose(sub);
  await ends(house, resetStreamKey(sub, "request-1", house.ports()));
  await house.settle();
  expect(creations.mock.calls).toEqual([[sub, "private"]]);
  expect([house.privates.has(sub), house.accessOf(sub)]).toEqual([true, "private"]);
});

test("a live channel's deletion waits for the end of its stream", async () => {
  const house = await finished();
  house.goLive(sub);
  const before = house.world.time;
  house.delete(sub);
  await house.settle();
  expect(house.world.time - before).toBeGreaterThanOrEqual(3000);
  expect([house.channelsOf(sub), house.service.returns]).toEqual([[], 0]);
  expect(accountState(house.table.rows.get(sub))).toBe("deleted");
});

test("a deleted account's late message, or late token, makes nothing", async () => {
  const house = await finished();
  house.delete(sub);
  await house.settle();
  const randomName = () => "abcd";
  const asked = signUp(sub, "Ana", { store: house.table, queue: house.queue, randomName });
  expect(await ends(house, asked)).toBe("deleted");
  await ends(house, house.queue.send(sub, 0));
  expect([house.service.channels.size, house.service.rooms.size]).toEqual([0, 0]);
});

test("a name that is taken is tried again with another ending, five times in all", async () => {
  const house = await finished();
  const endings = ["00000", "00000", "11111"];
  const ports = { store: house.table, queue: house.queue, randomName: () => endings.shift() ?? "00000" };
  await ends(house, signUp("user-2", "Ana", ports));
  expect(house.table.rows.get("user-2")?.name).toBe(firstChannelName("Ana", "11111"));
  const refused = expect(signUp("user-3", "Ana", ports)).rejects.toThrow("5 names in a row were taken.");
  await house.world.run();
  await refused;
});

describe("messages about one account", () => {
  /** An account that is going, whose stream never ends. */
  async function neverEnding() {
    const house = await finished();
    house.service.streamPort.stop = async () => "stopping";
    house.delete(sub);
    return house;
  }

  test("are one that goes round, however many there are", async () => {
    const house = await neverEnding();
    for (let place = 1; place <= 5; place++) house.world.after(place * 4000, () => house.queue.send(sub, 0));
    await house.world.run();
    expect(house.putBacks.map(({ tries }) => tries)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
  });

  test("are put back twenty times, and then left to the sweep", async () => {
    const house = await neverEnding();
    await house.world.run();
    expect([house.putBacks.length, house.givenUp]).toEqual([20, [sub]]);
    expect(accountState(house.table.rows.get(sub))).toBe("deleting");
    await house.settle();
    expect([house.putBacks.length, house.givenUp]).toEqual([60, [sub, sub, sub]]);
  });

  test("about a deletion that comes further each time are not counted", async () => {
    const house = await finished();
    house.records.set(sub, 100);
    house.delete(sub);
    await house.world.run();
    expect([house.givenUp, house.records.get(sub)]).toEqual([[], 0]);
    expect(house.putBacks.length).toBeGreaterThan(40);
    expect(new Set(house.putBacks.map(({ tries }) => tries))).toEqual(new Set([0]));
  });

  test("that come while somebody works on it come again when that must be over, and do what is left", async () => {
    const house = await finished();
    const row = house.table.rows.get(sub);
    if (row === undefined) throw new Error("no account");
    const lease = { holder: "a request", until: house.world.time + 60_000 };
    house.table.rows.set(sub, { ...row, lease });
    const before = house.world.time;
    house.delete(sub);
    await house.world.run();
    expect(accountState(house.table.rows.get(sub))).toBe("deleted");
    expect(house.world.time - before).toBeLessThan(2 * 60_000 + 5000);
  });
});

test("what a request writes that was let in before the deletion goes a minute after the rest", async () => {
  const house = await finished();
  house.delete(sub);
  house.world.after(30_000, () => house.records.set(sub, 1));
  const begin = house.world.time;
  house.world.after(59_000, () => {
    expect([accountState(house.table.rows.get(sub)), house.records.get(sub)]).toEqual(["deleted", 1]);
  });
  // What the sweep sends meanwhile does not hurry it.
  house.world.after(40_000, () => house.queue.send(sub, 0));
  await house.world.run();
  expect(house.world.time - begin).toBeGreaterThan(60_000);
  expect([house.records.get(sub), house.table.rows.get(sub)]).toEqual([
    0,
    { sub, name: "", stage: "deleted", expiresAt: expect.any(Number), version: expect.any(Number) },
  ]);
});

test("a reset that the service holds up before anything is done is finished by the workers", async () => {
  const house = await finished();
  const before = [...(channelOf(house)?.keys ?? [])];
  const ports = house.ports();
  const list = async () => {
    throw new ServiceError("THROTTLED", "ListStreamKeys");
  };
  const refused = await ends(house, resetStreamKey(sub, "request-1", { ...ports, keys: { ...ports.keys, list } }));
  expect(refused).toEqual({ kind: "later", why: "throttled", retryInMilliseconds: 2000 });
  await ends(house, house.queue.send(sub, 0));
  const after = [...(channelOf(house)?.keys ?? [])];
  expect(after).not.toEqual(before);
  const again = await ends(house, resetStreamKey(sub, "request-1", house.ports()));
  expect(again).toEqual({ kind: "reset", keyArn: after[0] });
});

test("a write whose answer was lost, and which the client repeats, is no write of somebody else", async () => {
  const house = new House(() => 0);
  house.table.rows.set(sub, { sub, name: "ana-1", stage: "reserved", version: 0 });
  const ports = house.ports();
  const write: typeof ports.store.write = async (account, ifVersion) => {
    await house.table.write(account, ifVersion);
    return house.table.write(account, ifVersion);
  };
  const store = { read: (who: string) => house.table.read(who), write } as typeof ports.store;
  expect(await ends(house, provision(sub, { ...ports, store }))).toEqual({ kind: "done" });
});
