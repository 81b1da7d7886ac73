import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSyncsafe, syncsafe } from "#local/media/id3/syncsafe.ts";
import { readTextTag, textTag } from "#local/media/id3/text-tag.ts";

const withoutZero = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));

describe("an ID3 text tag", () => {
  it("is a version 2.4 tag of one TXXX frame in UTF-8", () => {
    const header = [0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 16];
    const frame = [...Buffer.from("TXXX"), 0, 0, 0, 6, 0, 0];
    const content = [3, 0x64, 0, 0xc3, 0xb6, 0];
    expect([...textTag({ description: "d", text: "ö" })]).toEqual([...header, ...frame, ...content]);
  });

  it("gives back any description and text", () => {
    fc.assert(
      fc.property(withoutZero, fc.string({ unit: "binary", maxLength: 300 }), (description, text) => {
        expect(readTextTag(textTag({ description, text }))).toEqual([{ description, text }]);
      }),
    );
  });

  it("carries the longest text that PutMetadata takes", () => {
    const text = "x".repeat(1024);
    expect(readTextTag(textTag({ description: "", text }))).toEqual([{ description: "", text }]);
  });

  it("is read past frames of other kinds, and none is seen in other bytes", () => {
    const text = textTag({ description: "", text: "two" }).subarray(10);
    const other = Buffer.concat([Buffer.from("PRIV"), Buffer.of(0, 0, 0, 3, 0, 0, 1, 2, 3)]);
    const length = other.length + text.length;
    const tag = Buffer.concat([Buffer.from("ID3"), Buffer.of(4, 0, 0, ...syncsafe(length)), other, text]);
    expect(readTextTag(tag)).toEqual([{ description: "", text: "two" }]);
    expect(readTextTag(Buffer.from("no tag"))).toEqual([]);
  });

  it("ends without an error where the tag is cut off or bytes are changed", () => {
    const whole = textTag({ description: "", text: "some text" });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, place, byte) => {
        const bytes = Buffer.from(whole);
        bytes[place] = byte;
        expect(readTextTag(bytes.subarray(0, length)).length).toBeLessThan(2);
      }),
    );
  });
});

it("a syncsafe length has no byte above 127 and gives back any number of 28 bits", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 28 - 1), (value) => {
      const bytes = Uint8Array.from(syncsafe(value));
      expect(Math.max(...bytes)).toBeLessThan(128);
      expect(readSyncsafe(bytes, 0)).toBe(value);
    }),
  );
});
