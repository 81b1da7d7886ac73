import type { LookupAddress } from "node:dns";
import { expect, test } from "vitest";
import { checkedLookup, type Resolve } from "#handlers/send-webhook/checked-lookup.ts";

const answering =
  (...addresses: string[]): Resolve =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );

const asked = (resolve: Resolve, all: boolean) =>
  new Promise<{ error: NodeJS.ErrnoException | null; address: string | LookupAddress[]; family: number | undefined }>(
    (done) => {
      checkedLookup(resolve)("example.com", { all }, (error, address, family) => done({ error, address, family }));
    },
  );

test("gives public addresses on: all, or the first, as the connection asks", async () => {
  const resolve = answering("2606:4700::1111", "1.1.1.1");
  expect(await asked(resolve, false)).toEqual({ error: null, address: "2606:4700::1111", family: 6 });
  expect((await asked(resolve, true)).address).toEqual([
    { address: "2606:4700::1111", family: 6 },
    { address: "1.1.1.1", family: 4 },
  ]);
});

test.each(["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"])(
  "refuses a name of which one answer is %s",
  async (address) => {
    expect((await asked(answering("1.1.1.1", address), true)).error).toMatchObject({ code: "ERR_PRIVATE_ADDRESS" });
    expect((await asked(answering(address), false)).error).toMatchObject({ code: "ERR_PRIVATE_ADDRESS" });
  },
);

test("a name without an answer is an error, and so is a failed question", async () => {
  expect((await asked(answering(), false)).error).toMatchObject({ code: "ENOTFOUND" });
  const failing: Resolve = (_hostname, _options, callback) => {
    callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
  };
  expect((await asked(failing, true)).error).toMatchObject({ code: "ENOTFOUND" });
});

test("the system's own answer for this machine is refused", async () => {
  const error = await new Promise((done) => checkedLookup()("localhost", { all: true }, done));
  expect(error).toMatchObject({ code: "ERR_PRIVATE_ADDRESS" });
});
