import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { pictureLimits, readPicture } from "#domain/pictures/picture.ts";
import {
  canvas,
  jpeg,
  jpegFrame,
  jpegSegment,
  lossless,
  lossy,
  png,
  pngChunk,
  webp,
  webpChunk,
  webpOf,
} from "./files.ts";

const picture = (type: string, width = 64, height = 64) => ({
  ...{ kind: "picture", picture: { type, width, height } },
  bytes: expect.any(Uint8Array),
});
const refusal = (bytes: Uint8Array) => {
  const reading = readPicture(bytes);
  return reading.kind === "refused" ? reading.code : "none";
};

describe("PNG", () => {
  it("is read by its chunks", () => {
    expect(readPicture(png(64, 128))).toEqual(picture("png", 64, 128));
    expect(readPicture(png(64, 64, [pngChunk("tEXt", Buffer.from("Title\0me"))]))).toEqual(picture("png"));
  });

  it("is refused when it moves", () => {
    expect(refusal(png(64, 64, [pngChunk("acTL", Buffer.alloc(8))]))).toBe("PICTURE_ANIMATED");
  });

  it("is refused without pixels, without an end, and with a kind of pixels that there is not", () => {
    const whole = png();
    expect(refusal(whole.subarray(0, -1))).toBe("PICTURE_BROKEN");
    expect(refusal(Buffer.concat([whole.subarray(0, 33), pngChunk("IEND")]))).toBe("PICTURE_BROKEN");
    const depth3 = Buffer.from(whole);
    depth3[24] = 3;
    expect(refusal(depth3)).toBe("PICTURE_BROKEN");
  });
});

describe("JPEG", () => {
  it("is read by its segments, whether baseline or progressive", () => {
    expect(readPicture(jpeg(300, 200))).toEqual(picture("jpeg", 300, 200));
    expect(readPicture(jpeg(300, 200, [], 0xc2))).toEqual(picture("jpeg", 300, 200));
    expect(readPicture(jpeg(64, 64, [jpegSegment(0xfe, Buffer.from("a comment"))]))).toEqual(picture("jpeg"));
  });

  it("is refused with two frames, with a coding that browsers do not show, and without a scan", () => {
    expect(refusal(jpeg(64, 64, [jpegFrame(64, 64)]))).toBe("PICTURE_ANIMATED");
    expect(refusal(jpeg(64, 64, [], 0xc3))).toBe("PICTURE_BROKEN");
    const withoutScan = Buffer.concat([Buffer.from([0xff, 0xd8]), jpegFrame(64, 64), Buffer.from([0xff, 0xd9])]);
    expect(refusal(withoutScan)).toBe("PICTURE_BROKEN");
  });
});

describe("WEBP", () => {
  it("is read with loss, without loss, and on a canvas", () => {
    expect(readPicture(webp(300, 200))).toEqual(picture("webp", 300, 200));
    expect(readPicture(webpOf(lossless(1024, 513)))).toEqual(picture("webp", 1024, 513));
    const withColours = webpOf(canvas(70, 80), webpChunk("ICCP", Buffer.alloc(5)), lossy(70, 80));
    expect(readPicture(withColours)).toEqual(picture("webp", 70, 80));
  });

  it("is refused when it moves", () => {
    expect(refusal(webpOf(canvas(64, 64, 0x02), webpChunk("ANIM", Buffer.alloc(6))))).toBe("PICTURE_ANIMATED");
    expect(refusal(webpOf(canvas(64, 64), webpChunk("ANMF", Buffer.alloc(16))))).toBe("PICTURE_ANIMATED");
    expect(refusal(webpOf(canvas(64, 64), lossy(64, 64), lossy(64, 64)))).toBe("PICTURE_ANIMATED");
  });

  it("is refused with a picture that is not of the canvas's size", () => {
    expect(refusal(webpOf(canvas(64, 65), lossy(64, 64)))).toBe("PICTURE_BROKEN");
  });
});

const kinds = { png, jpeg, webp };

describe.each(Object.entries(kinds))("every %s", (kind, make) => {
  it("is refused outside 64 to 1024 pixels", () => {
    expect([make(63, 64), make(64, 63), make(1025, 64), make(64, 1025)].map(refusal)).toEqual(
      Array(4).fill("PICTURE_DIMENSIONS"),
    );
    expect(readPicture(make(1024, 1024))).toEqual(picture(kind, 1024, 1024));
  });

  it("is refused when it is more than twice as long one way as the other", () => {
    expect([make(129, 64), make(64, 129), make(400, 64)].map(refusal)).toEqual(Array(3).fill("PICTURE_DIMENSIONS"));
    expect(readPicture(make(128, 64))).toEqual(picture(kind, 128, 64));
    expect(readPicture(make(512, 1024))).toEqual(picture(kind, 512, 1024));
  });

  it("is refused wherever it is cut off", () => {
    const whole = make();
    for (let length = 0; length < whole.length; length += 1) {
      expect(readPicture(whole.subarray(0, length)).kind).toBe("refused");
    }
  });

  it("is read the same wherever it stands in memory", () => {
    const shifted = Buffer.concat([Buffer.from([1, 2, 3]), make(100, 80)]).subarray(3);
    expect(readPicture(shifted)).toEqual(picture(kind, 100, 80));
  });
});

test("what is no picture is refused by its first bytes", () => {
  const others = ["", "GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", "RIFF\0\0\0\0WAVE", "%PDF-1.7", "BM"];
  expect(others.map((text) => refusal(Buffer.from(text, "latin1")))).toEqual(others.map(() => "PICTURE_TYPE"));
});

test("a picture above 256 KiB is refused, whatever is in it", () => {
  const [room] = [pictureLimits.bytes - png().length - 12];
  expect(readPicture(png(64, 64, [pngChunk("tEXt", Buffer.alloc(room))]))).toEqual(picture("png"));
  expect(refusal(png(64, 64, [pngChunk("tEXt", Buffer.alloc(room + 1))]))).toBe("PICTURE_LENGTH");
});

test("no bytes make the reader throw, or read a picture that is not of a shown size", () => {
  const signatures = Object.values(kinds).map((make) => make(80, 90, []));
  const change = fc.record({ at: fc.nat(4000), value: fc.nat(255), remove: fc.nat(3) });
  const mutated = fc
    .tuple(fc.constantFrom(...signatures), fc.array(change, { minLength: 1, maxLength: 12 }))
    .map(([whole, changes]) => {
      const bytes = [...whole];
      for (const { at, value, remove } of changes) bytes.splice(at % bytes.length, remove, value);
      return Uint8Array.from(bytes);
    });
  const noise = fc
    .tuple(fc.constantFrom(...signatures), fc.nat(40), fc.uint8Array({ maxLength: 200 }))
    .map(([whole, length, rest]) => Uint8Array.from([...whole.subarray(0, length), ...rest]));
  fc.assert(
    fc.property(fc.oneof(mutated, noise), (bytes) => {
      const reading = readPicture(bytes);
      if (reading.kind === "refused") return reading.rule.startsWith("must ");
      const { width, height } = reading.picture;
      const [short, long] = [Math.min(width, height), Math.max(width, height)];
      return short >= 64 && long <= 1024 && long <= 2 * short;
    }),
    { numRuns: 3000 },
  );
});
