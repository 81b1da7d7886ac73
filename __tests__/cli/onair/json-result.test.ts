import { expect, test } from "vitest";
import { jsonAnswer, jsonFailure } from "#cli/onair/json-result.ts";
import { CliError, exitCodes } from "#cli/terminal/cli-error.ts";

test("answers with one object of always the same keys", () => {
  expect(JSON.parse(jsonAnswer("status", { channels: [] }, ["a warning"]))).toEqual({
    schemaVersion: 1,
    command: "status",
    status: "ok",
    data: { channels: [] },
    warnings: ["a warning"],
    error: null,
  });
});

test("tells an error's code, category, reason and cure", () => {
  const error = new CliError("AWS_UNREACHABLE", "AWS cannot be reached.", "first\nsecond", "Check the network.");
  expect(JSON.parse(jsonFailure("status", error))).toEqual({
    schemaVersion: 1,
    command: "status",
    status: "error",
    data: null,
    warnings: [],
    error: {
      code: "AWS_UNREACHABLE",
      category: "unreachable",
      message: "AWS cannot be reached.",
      retryable: true,
      details: ["first", "second"],
      actions: [{ label: "Check the network." }],
    },
  });
});

test.each(Object.entries(exitCodes))("has a category for %s", (code, exitCode) => {
  const error = new CliError(code as keyof typeof exitCodes, "what", "", "cure");
  const categories: Readonly<Record<number, string>> = {
    ...{ 1: "failed", 2: "usage", 4: "unreachable", 5: "locked", 6: "prerequisite", 130: "interrupted" },
  };
  expect(JSON.parse(jsonFailure(null, error)).error.category).toBe(categories[exitCode]);
});
