import { expect, test } from "vitest";
import { codeFault, emailFault, nicknameFault, passwordFault } from "#web/account/rules.ts";

test.each([
  ["Correct-horse-1", undefined],
  ["Ünïcode-Pass-1", undefined],
  ["short-A1", "It wants 10 characters."],
  ["correcthorse", "It wants a capital letter, a digit, a sign such as ! or -."],
  ["CORRECT-HORSE-1", "It wants a small letter."],
  [" Correct-horse-1", "It may not begin or end with a space."],
])("the password %j: %s", (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});

test.each(["", "a", "a@b", "a b@c.example", "@c.example", "a@c.example@d.example"])("%j is no address", (email) => {
  expect(emailFault(email)).toBe("Write an address such as name@example.com.");
});

test("what is right has no fault", () => {
  expect([emailFault("a+b@c.example"), nicknameFault("Ann 👋"), codeFault("012345")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a nickname has 1 to 50 characters, a code six digits", () => {
  expect([nicknameFault(""), nicknameFault("👋".repeat(51))]).toEqual(Array(2).fill("Write 1 to 50 characters."));
  expect(nicknameFault("👋".repeat(50))).toBeUndefined();
  expect(codeFault("12345a")).toBe("The code has six digits.");
});
