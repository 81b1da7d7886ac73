import { expect, test } from "vitest";
import type { AccountState } from "#domain/accounts/account.ts";
import { makeHandler } from "#handlers/confirm-sign-up/core.ts";

const sub = "0f0e8c1a-6e6d-4a6c-9b1e-2f5d6c7b8a90";

/** As the developer guide shows it. */
const event = (triggerSource: string, attributes: Readonly<Record<string, string>> = {}) => ({
  version: "1",
  region: "us-west-2",
  userPoolId: "us-west-2_AbCdEf123",
  userName: sub,
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1example23456789" },
  triggerSource,
  request: {
    userAttributes: {
      sub,
      email: "ana@example.com",
      nickname: "Ana",
      "cognito:user_status": "CONFIRMED",
      ...attributes,
    },
  },
  response: {},
});

function run(signUp: (sub: string, nickname: string) => Promise<AccountState>) {
  const begun: unknown[] = [];
  const lines: unknown[] = [];
  const handler = makeHandler({
    signUp: (...who) => {
      begun.push(who);
      return signUp(...who);
    },
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
    patienceMilliseconds: 20,
  });
  return { handler, begun, lines };
}

const succeeds = async () => "preparing" as const;

test("a confirmed sign-up begins the account, and the event itself is the answer", async () => {
  const { handler, begun, lines } = run(succeeds);
  const confirmed = event("PostConfirmation_ConfirmSignUp");
  expect(await handler(confirmed)).toBe(confirmed);
  expect(begun).toEqual([[sub, "Ana"]]);
  expect(lines).toEqual([{ level: "info", message: "sign-up confirmed", sub, state: "preparing" }]);
});

test.each(["PostConfirmation_ConfirmForgotPassword", "PreSignUp_SignUp"])("%s begins nothing", async (source) => {
  const { handler, begun } = run(succeeds);
  const other = event(source);
  expect(await handler(other)).toBe(other);
  expect(begun).toEqual([]);
});

test.each([
  ["null", null],
  ["no user", { ...event("PostConfirmation_ConfirmSignUp"), request: {} }],
  ["an empty user", event("PostConfirmation_ConfirmSignUp", { sub: "" })],
])("an event with %s is answered with itself", async (_what, odd) => {
  const { handler, begun } = run(succeeds);
  expect(await handler(odd)).toBe(odd);
  expect(begun).toEqual([]);
});

test("a failure is no failure to the user, and the log names neither address nor message", async () => {
  const { handler, lines } = run(async () => {
    throw new TypeError("ana@example.com could not be written");
  });
  const confirmed = event("PostConfirmation_ConfirmSignUp");
  expect(await handler(confirmed)).toBe(confirmed);
  expect(lines).toEqual([{ level: "error", message: "sign-up not begun", sub, error: "TypeError" }]);
});

test("what takes longer than Cognito waits is left to the user's first visit", async () => {
  const { handler, lines } = run(() => new Promise(() => {}));
  const confirmed = event("PostConfirmation_ConfirmSignUp");
  expect(await handler(confirmed)).toBe(confirmed);
  expect(lines).toEqual([{ level: "error", message: "sign-up not begun", sub, error: "LateError" }]);
});
