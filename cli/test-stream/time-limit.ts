import { InvalidArgumentError } from "commander";

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * A time as people write it, in milliseconds: `90s`, `10m`, `1.5h`; a bare number is seconds.
 *
 * @throws InvalidArgumentError that says how to write it
 */
export function parseTimeLimit(text: string): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  const milliseconds = Number(amount) * units[unit as keyof typeof units];
  // A timer of Node's takes no more than 2^31 ms, which is 24.8 days.
  if (milliseconds > 0 && milliseconds < 2 ** 31) return milliseconds;
  throw new InvalidArgumentError("Write it as 90s, 10m or 1h, at most 500h.");
}
