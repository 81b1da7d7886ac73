import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnPlatform, ownPlatform } from "../users/fixture/own-platform.ts";

let platform: OwnPlatform;
/** What the functions that run by a schedule answer, and one that fails. */
const functions = {
  "observe-streams": "exports.handler = async () => ({ listed: 3, foreign: 1, corrected: 2 });",
  "sweep-accounts": "exports.handler = async (event) => { throw new Error(process.env.FAILING ?? 'no table'); };",
};
beforeAll(async () => {
  platform = await ownPlatform(functions);
});
afterAll(() => platform[Symbol.asyncDispose]());

const onair = (...args: readonly string[]) => platform.onair(...args);

describe("onair reconcile", () => {
  it("runs a pass now, and says what it found", async () => {
    const { code, output } = await onair("reconcile", "streams");
    expect({ code, output }).toEqual({ code: 0, output: "streams: listed 3, foreign 1, corrected 2\n" });
    expect(JSON.parse((await onair("reconcile", "streams", "--json")).output)).toMatchObject({
      ...{ command: "reconcile", data: { streams: { listed: 3, foreign: 1, corrected: 2 } } },
    });
  });

  it("says which pass failed, and why", async () => {
    const { code, output, errors } = await onair("reconcile");
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toMatch(/Function sweep-accounts failed\.\n {2}\S+: no table\n.* {2}FUNCTION_FAILED\n$/);
  });

  it("refuses what is no such thing", async () => {
    const { code, errors } = await onair("reconcile", "rooms");
    expect({ code, errors }).toEqual({
      code: 2,
      errors: expect.stringContaining("Allowed choices are streams, accounts."),
    });
  });
});
