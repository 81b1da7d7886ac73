/**
 * A picture that says when it was made: blocks, black or white, in rows. They are large, so that they survive a lossy
 * encoder, and checked, so that a picture that did not is left out instead of read wrong. Used by the program that
 * draws and, in the browser, by the page that reads.
 */
export const WIDTH = 320;
export const HEIGHT = 180;

/** Edge of a block in pixels: two macroblocks' worth would be 32, and twelve of 24 fill a row. */
const BLOCK = 24;
const COLUMNS = 12;
const LEFT = 16;
const TOP = 30;
/** Enough for milliseconds since 1970 until the year 2527. */
const TIME_BITS = 44;
const CHECK_BITS = 16;

/** Limited range: what H.264 calls black and white. */
const BLACK = 16;
const WHITE = 235;
const GREY = 128;

const bitOf = (value: number, index: number): number => Math.floor(value / 2 ** index) % 2;

/** CRC-16/CCITT over the six bytes of a time: a few wrong blocks are noticed, all black and all white too. */
function checkOf(time: number): number {
  let crc = 0xffff;
  for (let index = TIME_BITS - 1; index >= 0; index--) {
    const feedback = (crc >> 15) ^ bitOf(time, index);
    crc = (crc << 1) & 0xffff;
    if (feedback) crc ^= 0x1021;
  }
  return crc;
}

const bitsOf = (time: number): number[] => {
  const check = checkOf(time);
  return [
    ...Array.from({ length: TIME_BITS }, (_, index) => bitOf(time, index)),
    ...Array.from({ length: CHECK_BITS }, (_, index) => bitOf(check, index)),
  ];
};

/** The middle of each block, where its edges do not bleed. */
const places = Array.from({ length: TIME_BITS + CHECK_BITS }, (_, index) => ({
  left: LEFT + (index % COLUMNS) * BLOCK,
  top: TOP + Math.floor(index / COLUMNS) * BLOCK,
}));

/** A picture in planar YUV 4:2:0. @param time milliseconds since 1970, whole */
export function drawTime(time: number): Uint8Array {
  const picture = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(GREY);
  bitsOf(time).forEach((bit, index) => {
    const { left, top } = places[index] as (typeof places)[number];
    for (let row = top; row < top + BLOCK; row++) {
      picture.fill(bit ? WHITE : BLACK, row * WIDTH + left, row * WIDTH + left + BLOCK);
    }
  });
  return picture;
}

/** The time in a picture; undefined where it cannot be trusted. @param brightness of a pixel, 0 to 255 */
export function readTime(brightness: (left: number, top: number) => number): number | undefined {
  const bits = places.map(({ left, top }) => Number(brightness(left + BLOCK / 2, top + BLOCK / 2) >= GREY));
  const number = (from: number, length: number) =>
    bits.slice(from, from + length).reduce((sum, bit, index) => sum + bit * 2 ** index, 0);
  const time = number(0, TIME_BITS);
  return checkOf(time) === number(TIME_BITS, CHECK_BITS) ? time : undefined;
}
