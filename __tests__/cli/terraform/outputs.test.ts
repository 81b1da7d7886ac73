import { expect, test } from "vitest";
import { CliError } from "#cli/terminal/cli-error.ts";
import { outputValues } from "#cli/terraform/run-terraform.ts";

test("leaves sensitive outputs out", () => {
  const json = JSON.stringify({
    bucket: { sensitive: false, type: "string", value: "b" },
    stream_key: { sensitive: true, type: "string", value: "sk_planted" },
  });
  expect(outputValues(json)).toEqual({ bucket: "b" });
});

test("says so when what it got is not JSON", () => {
  expect(() => outputValues("Warning: deprecated")).toThrow(CliError);
});
