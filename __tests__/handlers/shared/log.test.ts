import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { log, type Metrics } from "#handlers/shared/log.ts";

const lines: string[] = [];
beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "onair-dev-observe");
  vi.useFakeTimers({ now: Date.parse("2026-01-02T12:00:00Z") });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  lines.length = 0;
});

const written = (...given: Parameters<typeof log>) => {
  log(...given);
  return JSON.parse(String(lines.at(-1)));
};

it("writes what it is told, on one line", () => {
  expect(written("info", "streams observed", { listed: 2 })).toEqual({
    ...{ time: "2026-01-02T12:00:00.000Z", level: "info", message: "streams observed", listed: 2 },
  });
  expect(lines.at(-1)).toMatch(/^\{.*\}\n$/);
});

it("has CloudWatch count what a line carries, by the function's name", () => {
  const metrics: Metrics = { ObservePasses: 1, StarvingStreams: 50 };
  expect(written("info", "streams observed", {}, metrics)).toMatchObject({
    _aws: {
      Timestamp: Date.parse("2026-01-02T12:00:00Z"),
      CloudWatchMetrics: [
        {
          Namespace: "Onair",
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: "ObservePasses", Unit: "Count" },
            { Name: "StarvingStreams", Unit: "Percent" },
          ],
        },
      ],
    },
    ...{ FunctionName: "onair-dev-observe", ObservePasses: 1, StarvingStreams: 50 },
  });
});

it("counts each line that says error", () => {
  expect(written("error", "account not worked on", { sub: "a" })).toMatchObject({ LoggedErrors: 1, sub: "a" });
  expect(written("warn", "slow mode not asked")).not.toHaveProperty("_aws");
});

it("counts nothing outside a function", () => {
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", undefined);
  expect(written("error", "no function")).not.toHaveProperty("_aws");
});
