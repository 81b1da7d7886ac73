import { afterAll, beforeAll, expect, it } from "vitest";
import { byAction } from "#__tests__/support/terraform.ts";
import { deployedRing, everything } from "./fixture/key-ring.ts";

let ring: Awaited<ReturnType<typeof deployedRing>>;
beforeAll(async () => {
  ring = await deployedRing();
});
afterAll(() => ring[Symbol.asyncDispose]());

it("no playback key in IVS is replaced or changed by other tags, another alias, description and policy of its KMS key, another spelling of its PEM", async () => {
  const before = await ring.pairs();
  expect(before).toHaveLength(2);
  ring.synthesize(everything);
  expect(byAction(await ring.terraform.changes())).toEqual({
    update: ["aws_kms_key.ring_made_Key"],
    replace: ["aws_kms_alias.ring_made_Alias"],
  });
  await ring.terraform.applyPlanned();
  expect(await ring.pairs()).toEqual(before);
  expect(await ring.terraform.changes()).toEqual([]);
});
