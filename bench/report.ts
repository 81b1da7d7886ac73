import { type Goal, type Measurement, quantile } from "./bench.ts";

const round = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 1 ? 1 : 3);

export function describeMeasurement({ what, unit, samples }: Measurement): string {
  const [least, middle, p99, most] = [0, 0.5, 0.99, 1].map((share) => round(quantile(samples, share)));
  if (samples.length === 1) return `  ${what.padEnd(44)} ${most} ${unit}`;
  const tail = samples.length >= 100 ? `  p99 ${p99}` : "";
  return `  ${what.padEnd(44)} min ${least}  median ${middle}${tail}  max ${most} ${unit}  (${samples.length})`;
}

export function isMet({ value, bound }: Goal): boolean {
  return "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;
}

export function describeGoal(goal: Goal): string {
  const { what, value, bound } = goal;
  const wanted = "atLeast" in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
  return `  ${isMet(goal) ? "met   " : "MISSED"} ${what}: ${round(value)} (${wanted})`;
}
