import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutNalUnits, isKeyframe, parseVideoTag } from "#local/media/flv/video-tag.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("a video tag", () => {
  it.each([
    ["17 01 000000 00", 0],
    ["17 01 000043 00", 67],
    ["27 01 ffffbd 00", -67],
  ])("gives the composition time of %s in milliseconds, with its sign", (bytes, compositionTime) => {
    expect(parseVideoTag(hex(bytes))).toMatchObject({ kind: "frame", compositionTime });
  });

  it.each([
    ["nothing at all", ""],
    ["an end of sequence", "17 02 000000"],
    ["a seeking hint", "57 00"],
  ])("has nothing to show in %s", (_, bytes) => {
    expect(parseVideoTag(hex(bytes))).toEqual({ kind: "nothing" });
  });

  it.each([
    ["22", "video must be H.264: Sorenson H.263"],
    ["14", "video must be H.264: VP6"],
    ["1c 00 000000", "video must be H.264: HEVC"],
    ["19", "video must be H.264: codec 9"],
    ["90 68766331", "video must be H.264: HEVC in enhanced RTMP"],
    ["91 61763031", "video must be H.264: AV1 in enhanced RTMP"],
    ["90 61766331", "video must be H.264: H.264 in enhanced RTMP"],
    ["90 0a0a0a0a", "video must be H.264: an unknown codec in enhanced RTMP"],
    [
      "17 00 000000 01f4000cffe1001b67f4000c919b282a33c7c5e0220000030002000003003c1e28532c01000668ef8f192190fff8f800",
      "video must be H.264 of Baseline, Main or High profile (8 bit, 4:2:0): High 4:4:4 Predictive",
    ],
  ])("refuses %s by name: %s", (bytes, message) => {
    expect(() => parseVideoTag(hex(bytes))).toThrow(expect.objectContaining({ code: "INGEST_CODEC", message }));
  });

  it("refuses half a header", () => {
    expect(() => parseVideoTag(hex("17 01 00"))).toThrow("a video tag of 3 bytes has no header");
  });

  it("reads any bytes, or refuses them with a reason", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          parseVideoTag(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^INGEST_(CODEC|MEDIA)$/) });
        }
      }),
    );
  });
});

describe("an access unit", () => {
  const units = fc.array(fc.uint8Array({ minLength: 1, maxLength: 250 }).map(Buffer.from), { maxLength: 20 });

  it("is cut into the NAL units it was put together from", () => {
    fc.assert(
      fc.property(units, fc.constantFrom(1, 2, 4), (expected, lengthSize) => {
        const pieces = expected.flatMap((unit) => {
          const length = Buffer.alloc(lengthSize);
          length.writeUIntBE(unit.length, 0, lengthSize);
          return [length, unit];
        });
        expect(cutNalUnits(Buffer.concat(pieces), lengthSize)).toEqual(expected);
      }),
    );
  });

  it.each(["000000", "00000005 41", "ffffffff 4141"])("refuses %s, which ends in the middle", (bytes) => {
    expect(() => cutNalUnits(hex(bytes), 4)).toThrow("a picture ends in the middle of a NAL unit");
  });

  it("refuses more NAL units than an encoder makes", () => {
    expect(() => cutNalUnits(Buffer.alloc(4 * 1024 * 1024, 1), 1)).toThrow("a picture may have 2000 NAL units");
  });

  it("is a keyframe if it has an IDR slice, whatever the tag says", () => {
    expect(isKeyframe([hex("06ff"), hex("65ff")])).toBe(true);
    expect(isKeyframe([hex("06ff"), hex("41ff")])).toBe(false);
    expect(isKeyframe([])).toBe(false);
  });
});
