import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStack, AwsStackProps } from "#constructs/core/aws-stack.ts";
import type { Grantee } from "#constructs/core/policy.ts";
import { UserPool, type UserPoolProps } from "#constructs/identity/user-pool.ts";

const EMAIL = {
  from: "Onair <no-reply@example.com>",
  identityArn: "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
};

const pool = (props: UserPoolProps = {}, stackProps: Partial<AwsStackProps> = {}) => {
  const stack = testStack(stackProps);
  new UserPool(stack, "users", props);
  return template(stack).resource(CognitoUserPool);
};

const warnings = (stack: AwsStack) =>
  stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => `${node.path}: ${data}`),
    );

describe("UserPool", () => {
  it("signs users in by an address that they proved by a mailed code, with a nickname", () => {
    expect(pool()).toEqual({
      name: "onair-test-users",
      user_pool_tier: "ESSENTIALS",
      username_attributes: ["email"],
      username_configuration: { case_sensitive: false },
      auto_verified_attributes: ["email"],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
      verification_message_template: { default_email_option: "CONFIRM_WITH_CODE" },
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
      admin_create_user_config: { allow_admin_create_user_only: false },
      schema: [
        {
          name: "nickname",
          attribute_data_type: "String",
          required: true,
          mutable: true,
          developer_only_attribute: false,
          string_attribute_constraints: { min_length: "1", max_length: "50" },
        },
      ],
      password_policy: {
        minimum_length: 10,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 7,
      },
      mfa_configuration: "OFF",
      email_configuration: { email_sending_account: "COGNITO_DEFAULT" },
    });
  });

  it("asks for more where it is told to", () => {
    expect(pool({ passwordMinimumLength: 16, mfa: "OPTIONAL", threatProtection: "ENFORCED" })).toMatchObject({
      user_pool_tier: "PLUS",
      password_policy: { minimum_length: 16 },
      mfa_configuration: "OPTIONAL",
      software_token_mfa_configuration: { enabled: true },
      user_pool_add_ons: { advanced_security_mode: "ENFORCED" },
    });
  });

  it("cannot be deleted in a protected stack", () => {
    expect(pool({}, { protect: true })).toMatchObject({
      deletion_protection: "ACTIVE",
      lifecycle: { prevent_destroy: true },
    });
    expect(pool()).not.toHaveProperty("deletion_protection");
  });

  it("writes from an address of SES where it has one", () => {
    expect(pool({ email: EMAIL }).email_configuration).toEqual({
      email_sending_account: "DEVELOPER",
      source_arn: EMAIL.identityArn,
      from_email_address: EMAIL.from,
    });
  });

  it("warns where a protected stack has no address of its own to write from", () => {
    const warned = (props: UserPoolProps, protect: boolean) => {
      const stack = testStack({ protect });
      new UserPool(stack, "users", props);
      return warnings(stack);
    };
    expect(warned({}, true)).toEqual([
      "stack/users: Cognito's own sender delivers about 50 mails a day: give it an address of SES.",
    ]);
    expect(warned({ email: EMAIL }, true)).toEqual([]);
    expect(warned({}, false)).toEqual([]);
  });

  it("calls a function when a user is confirmed, which lets this pool alone call it", () => {
    const stack = testStack();
    const postConfirmation = handlerFunction(stack, "confirmed", { timeoutSeconds: 5 });
    new UserPool(stack, "users", { postConfirmation });
    const { resource } = template(stack);
    expect(resource(CognitoUserPool).lambda_config).toEqual({
      post_confirmation: "${aws_lambda_function.confirmed.arn}",
    });
    expect(resource(LambdaPermission)).toEqual({
      statement_id: "CognitoConfirmedUser",
      action: "lambda:InvokeFunction",
      function_name: "${aws_lambda_function.confirmed.function_name}",
      principal: "cognito-idp.amazonaws.com",
      source_account: "${data.aws_caller_identity.caller.account_id}",
      source_arn: "${aws_cognito_user_pool.users.arn}",
    });
  });

  it("refuses a trigger that may take longer than Cognito waits", () => {
    const postConfirmation = handlerFunction(testStack(), "confirmed", { timeoutSeconds: 6 });
    expect(() => pool({ postConfirmation })).toThrow(
      "stack/users, postConfirmation.timeoutSeconds: must be a whole number, 1 to 5 seconds; got 6.  ERR_RANGE",
    );
  });

  it("refuses to be granted to its own trigger", () => {
    const stack = testStack();
    const postConfirmation = handlerFunction(stack, "confirmed", { timeoutSeconds: 5 });
    const users = new UserPool(stack, "users", { postConfirmation });
    expect(() => users.grantDeleteUser(postConfirmation)).toThrow(
      "stack/users, grant: must not name this pool for its own trigger: each would have to be made before the other; " +
        'got "AdminDeleteUser".  ERR_GRANT_CYCLE',
    );
  });

  it("refuses a short password, and mail from what is no identity", () => {
    expect(() => pool({ passwordMinimumLength: 7 })).toThrow(
      "stack/users, passwordMinimumLength: must be a whole number, 8 to 99 characters; got 7.  ERR_RANGE",
    );
    expect(() => pool({ email: { ...EMAIL, identityArn: "arn:aws:sns:eu-west-1:111122223333:mail" } })).toThrow(
      "stack/users, email.identityArn: must be the ARN of an ses identity",
    );
  });

  it.each<[string, (users: UserPool, to: Grantee) => void, string]>([
    ["read a user", (users, to) => users.grantGetUser(to), "AdminGetUser"],
    ["change a user", (users, to) => users.grantUpdateUser(to), "AdminUpdateUserAttributes"],
    ["end a user's sessions", (users, to) => users.grantSignOutUser(to), "AdminUserGlobalSignOut"],
    ["delete a user", (users, to) => users.grantDeleteUser(to), "AdminDeleteUser"],
  ])("lets a function %s by one statement on this pool", (_what, give, action) => {
    const stack = testStack();
    give(new UserPool(stack, "users"), handlerFunction(stack, "worker"));
    expect(JSON.parse(String(template(stack).resource(IamRolePolicy).policy)).Statement.slice(1)).toEqual([
      {
        Sid: action,
        Effect: "Allow",
        Action: [`cognito-idp:${action}`],
        Resource: ["${aws_cognito_user_pool.users.arn}"],
      },
    ]);
  });

  it("is read from its ARN where it stands elsewhere", () => {
    const userPoolArn = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Abc123";
    expect(UserPool.fromUserPoolArn(testStack(), userPoolArn)).toEqual({
      userPoolArn,
      userPoolId: "eu-west-1_Abc123",
      issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc123",
    });
    expect(() => UserPool.fromUserPoolArn(testStack(), "arn:aws:cognito-idp:eu-west-1:1:identitypool/x")).toThrow(
      "stack, userPoolArn: must be the ARN of an cognito-idp userpool",
    );
  });

  it("says what callers need", () => {
    expect(Object.keys(new UserPool(testStack(), "users").outputs)).toEqual(["id", "arn", "issuer"]);
  });
});
