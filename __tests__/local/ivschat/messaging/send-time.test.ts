import fc from "fast-check";
import { expect, test } from "vitest";
import { createBucket } from "#local/ivschat/messaging/bucket.ts";
import { createStamps } from "#local/ivschat/messaging/send-time.ts";

const nanoseconds = (sendTime: string) => {
  const [, seconds = "", fraction = ""] = /^([^.]+?)(?:\.(\d{1,9}))?Z$/.exec(sendTime) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
};

test("a time has nanoseconds and Z, and begins with the clock's milliseconds", () => {
  const { milliseconds, sendTime } = createStamps(() => Date.parse("2026-01-02T03:04:05.678Z"))();
  expect(sendTime).toMatch(/^2026-01-02T03:04:05\.678\d{0,6}Z$/);
  expect(milliseconds).toBe(Date.parse("2026-01-02T03:04:05.678Z"));
});

test("times rise, also when the clock stands still or goes backwards", () => {
  const clock = fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 2, maxLength: 50 });
  const property = fc.property(clock, (readings) => {
    const left = [...readings];
    const stamp = createStamps(() => left.shift() ?? 0);
    const times = readings.map(() => nanoseconds(stamp().sendTime));
    for (const [index, time] of times.slice(1).entries()) expect(time > (times[index] ?? 0n)).toBe(true);
  });
  fc.assert(property);
});

test("a bucket lets through its rate in any second after the first, whatever the clock does", () => {
  const steps = fc.array(fc.integer({ min: -50, max: 400 }), { maxLength: 200 });
  const property = fc.property(fc.integer({ min: 1, max: 100 }), steps, (rate, waits) => {
    const bucket = createBucket();
    let now = 1_000_000;
    let forward = 0;
    let through = 0;
    for (const wait of waits) {
      now += wait;
      forward += Math.max(0, wait);
      if (bucket(rate, now)) through += 1;
    }
    expect(through).toBeLessThanOrEqual(rate + (forward / 1000) * rate + 1e-6);
  });
  fc.assert(property);
});
