import { CognitoUserGroup } from "@cdktf/provider-aws/lib/cognito-user-group/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { UserGroups } from "#constructs/identity/user-groups.ts";
import { UserPool } from "#constructs/identity/user-pool.ts";

const synthesized = (names: readonly string[]) => {
  const stack = testStack();
  const entries = names.map((name) => ({ name, description: `The ${name}` }));
  const groups = new UserGroups(stack, "groups", { userPool: new UserPool(stack, "users"), entries });
  return { groups, made: template(stack).resources(CognitoUserGroup) };
};

describe("UserGroups", () => {
  it("makes the groups in the order of their might, without a role", () => {
    const { groups, made } = synthesized(["admins", "moderators"]);
    expect(made).toEqual([
      { user_pool_id: "${aws_cognito_user_pool.users.id}", name: "admins", description: "The admins", precedence: 0 },
      {
        user_pool_id: "${aws_cognito_user_pool.users.id}",
        name: "moderators",
        description: "The moderators",
        precedence: 1,
      },
    ]);
    expect(groups.names).toEqual(["admins", "moderators"]);
  });

  it("refuses two groups of one name, and a name with a space", () => {
    expect(() => synthesized(["admins", "admins"])).toThrow(
      'stack/groups, entries: must have different names; got "admins".  ERR_RING_NAME',
    );
    expect(() => synthesized(["all of them"])).toThrow(
      'stack/groups, entries.name: must be 1 to 128 letters, digits, hyphens or underscores; got "all of them".  ERR_NAME',
    );
  });
});
