import { expect, test } from "vitest";
import { median, quantile } from "#bench/bench.ts";
import { describeGoal, describeMeasurement, isMet } from "#bench/report.ts";

test("prints the least, the median and the most of several samples", () => {
  expect(describeMeasurement({ what: "load", unit: "ms", samples: [3, 1, 200.4] }).replace(/ +/g, " ")).toBe(
    " load min 1.0 median 3.0 max 200 ms (3)",
  );
});

test("prints one sample alone, and the 99th percentile of a hundred", () => {
  expect(describeMeasurement({ what: "size", unit: "KB", samples: [25.2] }).replace(/ +/g, " ")).toBe(" size 25.2 KB");
  const hundred = Array.from({ length: 101 }, (_, index) => index);
  expect(describeMeasurement({ what: "review", unit: "ms", samples: hundred })).toContain("p99 99.0");
});

test("takes quantiles by value, not by place", () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(quantile([10, 9, 100], 0)).toBe(9);
});

test("a goal is met at its bound and missed beyond it", () => {
  const goal = { what: "peer's time / ours", value: 7, bound: { atLeast: 7 } };
  expect(describeGoal(goal)).toBe("  met    peer's time / ours: 7.0 (at least 7)");
  expect(describeGoal({ ...goal, value: 6.5 })).toBe("  MISSED peer's time / ours: 6.5 (at least 7)");
  expect(isMet({ what: "memory", value: 0.2, bound: { atMost: 0.2 } })).toBe(true);
  expect(isMet({ what: "memory", value: 0.21, bound: { atMost: 0.2 } })).toBe(false);
});
