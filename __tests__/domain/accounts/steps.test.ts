import { expect, test, vi } from "vitest";
import { accountState } from "#domain/accounts/account.ts";
import { resetStreamKey } from "#domain/accounts/key-reset.ts";
import { firstChannelName } from "#domain/accounts/names/first-name.ts";
import { provision } from "#domain/accounts/provisioning.ts";
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
    return ports.channels.create(owner);
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
