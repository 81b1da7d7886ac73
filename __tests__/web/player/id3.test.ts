import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textTag } from "#local/media/id3/text-tag.ts";
import { readTexts } from "#web/player/id3.ts";

const sizeOf = (bytes: readonly number[]) => [21, 14, 7, 0].map((shift) => (bytes.length >> shift) & 0x7f);
const frame = (name: string, body: readonly number[]) => [...Buffer.from(name), ...sizeOf(body), 0, 0, ...body];
const tag = (...frames: readonly number[][]) =>
  Uint8Array.from([...Buffer.from("ID3"), 4, 0, 0, ...sizeOf(frames.flat()), ...frames.flat()]);
const utf8 = (text: string) => [...Buffer.from(text)];

describe("an ID3 tag", () => {
  test("of any text gives the text back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        fc.pre(!text.includes("\0"));
        expect(readTexts(textTag({ description: "", text }))).toEqual([text]);
      }),
    );
  });

  test("has a text for each TXXX frame, whatever its description, and none for others", () => {
    const read = readTexts(
      tag(
        frame("TXXX", [3, ...utf8("about"), 0, ...utf8("one"), 0]),
        frame("PRIV", [...utf8("owner"), 0, 1, 2]),
        frame("TXXX", [3, 0, ...utf8("two")]),
      ),
    );
    expect(read).toEqual(["one", "two"]);
  });

  test("may be in Latin-1 or UTF-16", () => {
    const utf16 = [...Buffer.from("\uFEFF\0\uFEFFdéjà\0", "utf16le")];
    expect(readTexts(tag(frame("TXXX", [0, 0, 0x64, 0xe9, 0x6a, 0xe0])))).toEqual(["déjà"]);
    expect(readTexts(tag(frame("TXXX", [1, ...utf16])))).toEqual(["déjà"]);
  });

  test("that is damaged or cut off never throws", () => {
    const whole = tag(frame("TXXX", [3, 0, ...utf8("text")]), frame("TXXX", [3, 0, ...utf8("more")]));
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))),
        (length, changes) => {
          const damaged = whole.slice();
          for (const [place, value] of changes) damaged[place] = value;
          expect(Array.isArray(readTexts(damaged.subarray(0, length)))).toBe(true);
        },
      ),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(readTexts(bytes))));
  });
});
