import { afterAll, beforeAll, expect, it } from "vitest";
import { byAction } from "#__tests__/support/terraform.ts";
import { deployedRing, variations } from "./fixture/key-ring.ts";

let ring: Awaited<ReturnType<typeof deployedRing>>;
beforeAll(async () => {
  ring = await deployedRing();
});
afterAll(() => ring[Symbol.asyncDispose]());

it.each(variations)(
  "no playback key in IVS is replaced or changed by a change of %s",
  async (_, variation, planned) => {
    ring.synthesize(variation);
    expect(byAction(await ring.terraform.changes())).toEqual(planned);
  },
);
