import { beforeEach, describe, expect, it } from "vitest";
import { claimsOf } from "#__tests__/handlers/fixture/api-call.ts";
import { type ApiWorld, apiWorld, channelArn, subs } from "#__tests__/handlers/fixture/api-world.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";

let world: ApiWorld;

beforeEach(() => {
  world = apiWorld();
});

const key = () => world.call("readStreamKey");
const reset = (id = "0123456789abcdef", sub: string = subs.ada) =>
  world.call("resetStreamKey", { headers: { "idempotency-key": id }, claims: claimsOf(sub) });

describe("the stream key", () => {
  it("is shown to its owner, and kept by nobody", async () => {
    const { body, headers } = await key();
    expect(body).toEqual({ streamKey: "sk_secret_of_ada" });
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("is replaced by a reset, and the same request is the same reset", async () => {
    const first = await reset();
    expect(first.status).toBe(200);
    expect(first.body.streamKey).not.toBe("sk_secret_of_ada");
    expect((await reset()).body).toEqual(first.body);
    expect((await key()).body).toEqual(first.body);
    expect((await reset("another-request-1")).body).not.toEqual(first.body);
    expect(world.keys.values.has(`${channelArn("ada")}/key-0`)).toBe(false);
  });

  it("is gone for good where somebody removed it by hand, and the answers say what makes another", async () => {
    await reset();
    world.keys.values.delete((await world.deps.keys.list(channelArn("ada")))[0] ?? "");
    const [again, shown] = [await reset(), await key()];
    expect([again.status, again.body.code, again.body.detail]).toEqual([
      ...[409, "KEY_GONE"],
      "This reset is finished, and the key that it made is gone. Use a new Idempotency-Key.",
    ]);
    expect([shown.status, shown.body.code, shown.body.detail]).toEqual([
      ...[409, "KEY_GONE", "The channel has none. A reset makes one."],
    ]);
    expect((await reset("another-request-1")).status).toBe(200);
    expect((await key()).status).toBe(200);
  });

  it("is made by the workers where the service has no turn left in time, and the answer says when to ask", async () => {
    const throttled = async () => {
      throw new ServiceError("THROTTLED", "ListStreamKeys");
    };
    const { list } = world.keys;
    world.keys.list = throttled;
    const answered = await reset();
    expect([answered.status, answered.body, answered.headers["retry-after"]]).toEqual([
      ...[202, { state: "resetting" }, "2"],
    ]);
    expect(world.sent).toEqual([subs.ada]);
    expect((await world.accounts.store.read(subs.ada))?.keyReset).toEqual({ id: "0123456789abcdef" });
    world.keys.list = list;
    expect((await reset()).status).toBe(200);
  });

  it("is another one for the same request of another user", async () => {
    expect((await reset()).body).not.toEqual((await reset(undefined, subs.bob)).body);
  });

  it("is left to the workers while another run replaces it", async () => {
    const { store } = world.accounts;
    const account = await store.read(subs.ada);
    if (!account) throw new Error("Ada has an account");
    const lease = { holder: "worker", until: world.now + 30_000 };
    const keyReset = { id: "earlier", oldKeyArns: [`${channelArn("ada")}/key-0`] };
    await store.write({ ...account, lease, keyReset, version: account.version + 1 }, account.version);
    const answered = await reset();
    expect([answered.status, answered.body, answered.headers["retry-after"]]).toEqual([
      202,
      { state: "resetting" },
      "30",
    ]);
    expect(world.sent).toEqual([subs.ada]);
    const shown = await key();
    expect([shown.status, shown.body.code, shown.headers["retry-after"]]).toEqual([409, "KEY_RESETTING", "2"]);
  });

  it("stands in no line of the log, and in no other answer", async () => {
    await reset();
    await key();
    const others = await Promise.all([world.call("readMe"), world.call("readChannel", { params: { name: "ada" } })]);
    expect(JSON.stringify([world.lines, others])).not.toContain("sk_");
  });
});
