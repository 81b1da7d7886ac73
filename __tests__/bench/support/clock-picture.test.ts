import fc from "fast-check";
import { expect, test } from "vitest";
import { drawTime, HEIGHT, readTime, WIDTH } from "#bench/support/clock-picture.ts";

const times = fc.integer({ min: 0, max: 2 ** 44 - 1 });
const read = (picture: Uint8Array) => readTime((left, top) => picture[top * WIDTH + left] ?? 0);

test("reads the time that was drawn, whatever noise an encoder adds", () => {
  fc.assert(
    fc.property(times, fc.infiniteStream(fc.integer({ min: -90, max: 90 })), (time, noise) => {
      const picture = drawTime(time);
      expect(picture).toHaveLength(WIDTH * HEIGHT * 1.5);
      expect(readTime((left, top) => (picture[top * WIDTH + left] ?? 0) + noise.next().value)).toBe(time);
    }),
    { numRuns: 50 },
  );
});

test("reads nothing where a few blocks are wrong", () => {
  fc.assert(
    fc.property(times, fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 3 }), (time, wrong) => {
      const picture = drawTime(time);
      let asked = 0;
      const flipped = (left: number, top: number) => {
        const value = picture[top * WIDTH + left] ?? 0;
        return wrong.includes(asked++) ? 255 - value : value;
      };
      expect(readTime(flipped)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test("reads nothing from a picture without a clock", () => {
  for (const brightness of [0, 127, 255]) expect(readTime(() => brightness)).toBeUndefined();
  expect(read(new Uint8Array(WIDTH * HEIGHT))).toBeUndefined();
});
