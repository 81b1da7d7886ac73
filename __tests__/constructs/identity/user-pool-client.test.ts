import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { UserPool } from "#constructs/identity/user-pool.ts";
import { UserPoolClient, type UserPoolClientProps } from "#constructs/identity/user-pool-client.ts";

const synthesized = (props: Partial<UserPoolClientProps> = {}) => {
  const stack = testStack();
  const client = new UserPoolClient(stack, "page", { userPool: new UserPool(stack, "users"), ...props });
  return { client, resource: template(stack).resource(CognitoUserPoolClient) };
};

describe("UserPoolClient", () => {
  it("signs in by SRP without a secret, rotates refresh tokens, and tells nobody whether a user exists", () => {
    expect(synthesized().resource).toEqual({
      name: "onair-test-page",
      user_pool_id: "${aws_cognito_user_pool.users.id}",
      generate_secret: false,
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"],
      refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 30 }],
      enable_token_revocation: true,
      prevent_user_existence_errors: "ENABLED",
      access_token_validity: 60,
      id_token_validity: 60,
      refresh_token_validity: 30,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
      read_attributes: ["email", "email_verified", "nickname"],
      write_attributes: ["email", "nickname"],
    });
  });

  it("gives tokens the life that it is told", () => {
    expect(synthesized({ tokenMinutes: 15, refreshTokenDays: 7 }).resource).toMatchObject({
      access_token_validity: 15,
      id_token_validity: 15,
      refresh_token_validity: 7,
    });
  });

  it.each([
    [{ tokenMinutes: 4 }, "tokenMinutes: must be a whole number, 5 to 1440 minutes; got 4.  ERR_RANGE"],
    [{ refreshTokenDays: 0 }, "refreshTokenDays: must be a whole number, 1 to 3650 days; got 0.  ERR_RANGE"],
  ])("refuses %o", (props, message) => {
    expect(() => synthesized(props)).toThrow(`stack/page, ${message}`);
  });

  it("says what the page needs", () => {
    expect(Object.keys(synthesized().client.outputs)).toEqual(["id"]);
  });
});
