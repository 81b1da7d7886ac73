import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { describe, expect, it } from "vitest";
import { teamEnvironment, teamStacks } from "#__tests__/support/stacks.ts";
import { managed, THIS } from "./fixture/delivery-policies.ts";

describe("the policies of delivery", () => {
  /** As AWS counts: without white space, every reference by what it stands for. */
  const size = (policy: unknown) =>
    String(policy).replaceAll(THIS.partition, "aws").replaceAll(THIS.account, "000000000000").replace(/\s/g, "").length;

  const ALIAS = `alias/${"a".repeat(60)}`;
  const KEY = `arn:aws:kms:ap-northeast-1:000000000000:key/${"0".repeat(36)}`;

  it.each([
    ["as it comes", "dev", undefined],
    ["with a key for the states, by its alias", "dev", ALIAS],
    ["with the longest name, and a key by its ARN", "environment-of-x", KEY],
    ["with the longest name, and a key by its alias", "environment-of-x", ALIAS],
  ])(
    "fit into what AWS allows, 6,144 characters for a managed one, 10,240 for a role's own: %s",
    (_, name, kms_key_id) => {
      const { settings, backend } = teamEnvironment();
      const environment = { name, settings, backend: { ...backend, ...(kms_key_id && { kms_key_id }) } };
      const stack = teamStacks(environment).delivery;
      const above = (most: number, type: typeof IamPolicy | typeof IamRolePolicy) =>
        stack
          .resources(type)
          .map(({ name, role, policy }) => ({ of: role ?? name, characters: size(policy) }))
          .filter(({ characters }) => characters > most);
      expect(above(6144, IamPolicy)).toEqual([]);
      expect(above(10_240, IamRolePolicy)).toEqual([]);
    },
  );

  it("leave room in the boundary of who applies for what a next service needs", () => {
    expect(size(managed("applies"))).toBeLessThan(6144 - 150);
  });
});
