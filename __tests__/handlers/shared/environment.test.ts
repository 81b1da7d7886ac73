import * as v from "valibot";
import { expect, test } from "vitest";
import { readEnvironment } from "#handlers/shared/environment.ts";

const schema = v.strictObject({
  TABLE_NAME: v.pipe(v.string(), v.nonEmpty()),
  LIMIT: v.optional(v.pipe(v.string(), v.regex(/^\d+$/, "must be a number"), v.transform(Number)), "5"),
  MODE: v.optional(v.picklist(["fast", "slow"])),
});

test("reads the schema's variables and no others", () => {
  const variables = { TABLE_NAME: "accounts", LIMIT: "7", AWS_SECRET_ACCESS_KEY: "hidden", PATH: "/bin" };
  expect(readEnvironment(schema, variables)).toEqual({ TABLE_NAME: "accounts", LIMIT: 7 });
});

test("takes a default where a variable is not set", () => {
  expect(readEnvironment(schema, { TABLE_NAME: "accounts", MODE: undefined })).toEqual({
    TABLE_NAME: "accounts",
    LIMIT: 5,
  });
});

test.each([
  ["nothing", {}, "TABLE_NAME: is missing.  ERR_ENVIRONMENT"],
  ["an empty value", { TABLE_NAME: "" }, "TABLE_NAME: must keep the rule non_empty.  ERR_ENVIRONMENT"],
  ["a rule with words of its own", { TABLE_NAME: "a", LIMIT: "hunter2" }, "LIMIT: must be a number.  ERR_ENVIRONMENT"],
  ["a choice", { TABLE_NAME: "a", MODE: "hunter2" }, 'MODE: must be ("fast" | "slow").  ERR_ENVIRONMENT'],
  ["two at once", { LIMIT: "hunter2" }, "TABLE_NAME: is missing; LIMIT: must be a number.  ERR_ENVIRONMENT"],
])("names the variable and its rule, never the value: %s", (_what, variables, message) => {
  expect(() => readEnvironment(schema, variables)).toThrow(
    expect.objectContaining({ code: "ERR_ENVIRONMENT", message }),
  );
});

test("reads the process's variables unless it is given others", () => {
  expect(readEnvironment(v.strictObject({ PATH: v.string() }))).toEqual({ PATH: process.env.PATH });
});
