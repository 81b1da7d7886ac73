import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { amazon } from "../fixture/amazon.ts";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { createPool, PASSWORD, type Pool } from "./fixture.ts";

let own: OwnCloud;
let pool: Pool;
beforeAll(async () => {
  own = await startOwnCloud();
  pool = await createPool(own, "accounts", "arn:aws:cognito-idp:us-east-1:000000000000:userpool/*");
});
afterAll(() => own?.[Symbol.asyncDispose]());

const statusOf = async (Username: string) => (await pool.admin("AdminGetUser", { Username })).UserStatus;

const signIn = (USERNAME: string) =>
  pool.browser("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } });

const confirm = async (email: string, then?: string) => {
  const ConfirmationCode = await pool.signUp(email);
  const metadata = then === undefined ? {} : { ClientMetadata: { then } };
  return pool.browser("ConfirmSignUp", { Username: email, ConfirmationCode, ...metadata });
};

describe("a confirmed sign-up", () => {
  it("invokes the trigger once, with the event that Cognito sends, before the caller is answered", async () => {
    const email = "viewer-1@example.com";
    const ConfirmationCode = await pool.signUp(email);
    const ClientMetadata = { plan: "free" };
    expect(await pool.browser("ConfirmSignUp", { Username: email, ConfirmationCode, ClientMetadata })).toEqual({});

    const { Username } = await pool.admin("AdminGetUser", { Username: email });
    expect(pool.events(email)).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: pool.id,
        userName: Username,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: pool.clientId },
        triggerSource: "PostConfirmation_ConfirmSignUp",
        request: {
          userAttributes: {
            sub: Username,
            email,
            email_verified: "true",
            nickname: "Viewer",
            "cognito:user_status": "CONFIRMED",
          },
          clientMetadata: ClientMetadata,
        },
        response: {},
      },
    ]);
    expect(await signIn(email)).toHaveProperty("AuthenticationResult.AccessToken");
  });

  it("by an administrator invokes it too, with no client and an address that nobody verified", async () => {
    const email = "viewer-2@example.com";
    await pool.signUp(email);
    expect(await pool.admin("AdminConfirmSignUp", { Username: email })).toEqual({});
    const events = pool.events(email);
    expect(events).toMatchObject([
      {
        triggerSource: "PostConfirmation_ConfirmSignUp",
        callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
        request: { userAttributes: { email, "cognito:user_status": "CONFIRMED" } },
      },
    ]);
    expect(events[0]?.request).not.toHaveProperty("clientMetadata");
    expect(events[0]?.request.userAttributes).not.toHaveProperty("email_verified");
    expect(await pool.admin("AdminConfirmSignUp", { Username: email })).toEqual({
      error: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
    expect(pool.events(email)).toHaveLength(1);
  });

  it("by a trigger before it invokes it at once, and sends no code", async () => {
    const other = await createPool(own, "at-once");
    const account = amazon(own.cloud.endpoint, own.root);
    const role = await account.role("confirms", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    const source = "exports.handler = async (event) => ({ ...event, response: { autoConfirmUser: true } });";
    const PreSignUp = await account.function("confirms", role, source);
    const { UserPool } = await other.admin("DescribeUserPool", {});
    const { LambdaConfig } = UserPool as { readonly LambdaConfig: object };
    await other.admin("UpdateUserPool", { LambdaConfig: { ...LambdaConfig, PreSignUp } });
    const Username = "viewer-10@example.com";
    expect(await other.browser("SignUp", { Username, Password: PASSWORD })).toMatchObject({ UserConfirmed: true });
    expect(other.events(Username)).toMatchObject([{ triggerSource: "PostConfirmation_ConfirmSignUp" }]);
    expect(await other.mail(Username)).toEqual([]);
  });

  it("counts once when the code comes twice at the same moment", async () => {
    const email = "viewer-3@example.com";
    const ConfirmationCode = await pool.signUp(email);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => pool.browser("ConfirmSignUp", { Username: email, ConfirmationCode })),
    );
    expect(outcomes.filter(({ error }) => error === undefined)).toHaveLength(1);
    expect(pool.events(email)).toHaveLength(1);
  });
});

describe("a trigger that goes wrong is the caller's error, and the user stays confirmed:", () => {
  it("one that throws, with its own words, and it is not invoked again", async () => {
    const email = "viewer-4@example.com";
    expect(await confirm(email, "fail")).toEqual({
      error: "UserLambdaValidationException",
      message: "PostConfirmation failed with error no channel left.",
    });
    expect(await statusOf(email)).toBe("CONFIRMED");
    expect(pool.events(email)).toHaveLength(1);
  });

  it("one that returns something else than its event", async () => {
    const email = "viewer-5@example.com";
    expect(await confirm(email, "return-another")).toEqual({
      error: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
    expect(await statusOf(email)).toBe("CONFIRMED");
  });

  it("one that takes longer than five seconds, three times", async () => {
    const email = "viewer-6@example.com";
    expect(await confirm(email, "sleep")).toEqual({
      error: "UnexpectedLambdaException",
      message: "PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.",
    });
    expect(await statusOf(email)).toBe("CONFIRMED");
    expect(pool.events(email)).toHaveLength(3);
  });

  it("but not one that takes longer the first time only: it is given the same event again", async () => {
    const email = "viewer-7@example.com";
    expect(await confirm(email, "sleep-first")).toEqual({});
    const [first, second, ...more] = pool.events(email);
    expect(second).toEqual(first);
    expect(more).toEqual([]);
  });

  it.each([
    ["lets nobody invoke it", null],
    ["lets Cognito invoke it for another pool", "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_other"],
  ])("one whose policy %s", async (title, sourceArn) => {
    const other = await createPool(own, title.replaceAll(" ", "-"), sourceArn);
    const email = `${other.id.toLowerCase()}@example.com`;
    const ConfirmationCode = await other.signUp(email);
    expect(await other.browser("ConfirmSignUp", { Username: email, ConfirmationCode })).toEqual({
      error: "UnexpectedLambdaException",
      message: "PostConfirmation invocation failed due to error AccessDeniedException.",
    });
    expect(other.events(email)).toEqual([]);
  });
});

describe("the trigger is told", () => {
  it("a password reset by another source", async () => {
    const email = "viewer-8@example.com";
    await confirm(email);
    await pool.browser("ForgotPassword", { Username: email });
    const ConfirmationCode = await pool.codeFor(email);
    const Password = "An0ther!Password";
    const reset = await pool.browser("ConfirmForgotPassword", { Username: email, ConfirmationCode, Password });
    expect(reset).toEqual({});
    expect(pool.events(email).map(({ triggerSource }) => triggerSource)).toEqual([
      "PostConfirmation_ConfirmSignUp",
      "PostConfirmation_ConfirmForgotPassword",
    ]);
  });

  it("nothing of users whom an administrator makes, or of their first password", async () => {
    const email = "viewer-9@example.com";
    const UserAttributes = [{ Name: "email", Value: email }];
    await pool.admin("AdminCreateUser", { Username: email, TemporaryPassword: PASSWORD, UserAttributes });
    expect(await pool.admin("AdminConfirmSignUp", { Username: email })).toEqual({
      error: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD",
    });
    await pool.admin("AdminSetUserPassword", { Username: email, Password: PASSWORD, Permanent: true });
    expect(await statusOf(email)).toBe("CONFIRMED");
    expect(pool.events(email)).toEqual([]);
  });
});
