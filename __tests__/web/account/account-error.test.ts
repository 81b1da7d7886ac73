import { expect, test } from "vitest";
import { AccountError, accountError } from "#web/account/account-error.ts";

const named = (name: string) => Object.assign(new Error("as Cognito says it"), { name });

test.each([
  ["CodeMismatchException", "code", "This code is not right. Look at the newest mail."],
  ["UsernameExistsException", "email", "There is an account with this address. Sign in, or choose another address."],
  ["NetworkError", undefined, "The server does not answer. Try again."],
  ["SomethingNew", undefined, "That did not work (SomethingNew). Try again."],
])("%s is about %s", (name, field, message) => {
  expect(accountError(named(name))).toMatchObject({ code: name, field, message });
});

test("a wrong password and an unknown address are told alike", () => {
  const [wrong, unknown] = [named("NotAuthorizedException"), named("UserNotFoundException")].map(accountError);
  expect(wrong?.message).toBe(unknown?.message);
});

test("an error that is told already stays as it is, and anything thrown is one", () => {
  const error = new AccountError("X", "x", "code");
  expect(accountError(error)).toBe(error);
  expect(accountError(undefined).message).toBe("That did not work (Unknown). Try again.");
});
