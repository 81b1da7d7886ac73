import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { createPool, PASSWORD, type Pool } from "./fixture.ts";

const MISMATCH = {
  error: "CodeMismatchException",
  message: "Invalid verification code provided, please try again.",
};
const EXPIRED = {
  error: "ExpiredCodeException",
  message: "Invalid code provided, please request a code again.",
};

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("a code", () => {
  let own: OwnCloud;
  let pool: Pool;
  beforeAll(async () => {
    own = await startOwnCloud();
    pool = await createPool(own, "accounts");
  });
  afterAll(() => own?.[Symbol.asyncDispose]());

  const confirm = (Username: string, ConfirmationCode: string) =>
    pool.browser("ConfirmSignUp", { Username, ConfirmationCode });
  const reset = (Username: string, ConfirmationCode: string) =>
    pool.browser("ConfirmForgotPassword", { Username, ConfirmationCode, Password: "An0ther!Password" });

  it("has six digits, others for each user", async () => {
    const codes = await Promise.all([1, 2, 3, 4].map((user) => pool.signUp(`viewer-${user}@example.com`)));
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBeGreaterThan(1);
  });

  it("that is wrong, or another user's, confirms nobody and tells no trigger", async () => {
    const [code, foreign] = [await pool.signUp("viewer-5@example.com"), await pool.signUp("viewer-6@example.com")];
    expect(await confirm("viewer-5@example.com", otherThan(code))).toEqual(MISMATCH);
    if (foreign !== code) expect(await confirm("viewer-5@example.com", foreign)).toEqual(MISMATCH);
    expect(await pool.admin("AdminGetUser", { Username: "viewer-5@example.com" })).toMatchObject({
      UserStatus: "UNCONFIRMED",
    });
    expect(pool.events("viewer-5@example.com")).toEqual([]);
    expect(await confirm("viewer-5@example.com", code)).toEqual({});
  });

  it("counts in the pool of the app client, whatever other pool the caller names", async () => {
    const other = await createPool(own, "other");
    const email = "viewer-11@example.com";
    await other.signUp(email);
    const input = { Username: email, ConfirmationCode: await pool.signUp(email), UserPoolId: other.id };
    expect(await pool.browser("ConfirmSignUp", input)).toEqual({});
    expect(pool.events(email)).toMatchObject([{ userPoolId: pool.id }]);
    expect(await other.admin("AdminGetUser", { Username: email })).toMatchObject({ UserStatus: "UNCONFIRMED" });
  });

  it("is replaced by the one that is sent again", async () => {
    const email = "viewer-7@example.com";
    const first = await pool.signUp(email);
    let second = first;
    while (second === first) {
      expect(await pool.browser("ResendConfirmationCode", { Username: email })).toMatchObject({
        CodeDeliveryDetails: { DeliveryMedium: "EMAIL", AttributeName: "email" },
      });
      second = await pool.codeFor(email);
    }
    expect(await confirm(email, first)).toEqual(MISMATCH);
    expect(await confirm(email, second)).toEqual({});
    expect(await pool.browser("ResendConfirmationCode", { Username: email })).toEqual({
      error: "InvalidParameterException",
      message: "User is already confirmed.",
    });
  });

  it("for a password is good once", async () => {
    const email = "viewer-8@example.com";
    await confirm(email, await pool.signUp(email));
    expect(await reset(email, "123456")).toEqual(EXPIRED);
    await pool.browser("ForgotPassword", { Username: email });
    const code = await pool.codeFor(email);
    expect(await reset(email, otherThan(code))).toEqual(MISMATCH);
    expect(await reset(email, code)).toEqual({});
    expect(await reset(email, code)).toEqual(EXPIRED);
  });

  it("for a password is not sent to an address that nobody verified, nor to users who never had one", async () => {
    await pool.signUp("viewer-9@example.com");
    expect(await pool.browser("ForgotPassword", { Username: "viewer-9@example.com" })).toEqual({
      error: "InvalidParameterException",
      message: "Cannot reset password for the user as there is no registered/verified email or phone_number",
    });
    await pool.admin("AdminCreateUser", { Username: "viewer-10@example.com", TemporaryPassword: PASSWORD });
    expect(await pool.browser("ForgotPassword", { Username: "viewer-10@example.com" })).toEqual({
      error: "NotAuthorizedException",
      message: "User password cannot be reset in the current state.",
    });
  });
});
