import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPicture } from "#domain/pictures/picture.ts";
import { canvas, jpeg, jpegSegment, lossless, lossy, png, pngChunk, webp, webpChunk, webpOf } from "./files.ts";

/** What is shown of a file. */
function shown(file: Uint8Array): Buffer {
  const reading = readPicture(file);
  if (reading.kind === "refused") throw new Error(reading.code);
  return Buffer.from(reading.bytes);
}

const SECRET = "48.8583N 2.2944E ada@example.com";
const secret = Buffer.from(SECRET);

/** EXIF as phones write it: which side is up, then a place. */
function exif(orientation: number, isLittleEndian = true, order = [0x8825, 0x0112]): Buffer {
  const number = (value: number, bytes: number) => {
    const buffer = Buffer.alloc(bytes);
    if (isLittleEndian) buffer.writeUIntLE(value, 0, bytes);
    else buffer.writeUIntBE(value, 0, bytes);
    return buffer;
  };
  const entries = order.map((tag) =>
    tag === 0x0112
      ? [number(tag, 2), number(3, 2), number(1, 4), number(orientation, 2), number(0, 2)]
      : [number(tag, 2), number(4, 2), number(1, 4), number(50, 4)],
  );
  return Buffer.concat([
    Buffer.from(`Exif\0\0${isLittleEndian ? "II" : "MM"}`, "latin1"),
    ...[number(42, 2), number(8, 4), number(order.length, 2)],
    ...[...entries.flat(), number(0, 4), secret],
  ]);
}

describe("of a JPEG", () => {
  it("no application's segment and no comment is shown", () => {
    const markers = [...Array.from({ length: 16 }, (_, number) => 0xe0 + number), 0xfe, 0xf0, 0xfd, 0xdc];
    const whole = jpeg(
      64,
      64,
      markers.map((marker) => jpegSegment(marker, secret)),
    );
    expect(shown(whole)).toEqual(jpeg());
  });

  it("a picture that a camera took upright or sideways stays so, without where it was taken", () => {
    for (const isLittleEndian of [true, false]) {
      for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
        const bytes = shown(jpeg(64, 64, [jpegSegment(0xe1, exif(orientation, isLittleEndian))]));
        expect(bytes.includes(SECRET)).toBe(false);
        const only = "457869660000 4d4d002a00000008 0001 011200030000000100 NN0000 00000000".replaceAll(" ", "");
        const held = Buffer.from(only.replace("NN", `0${orientation}`), "hex");
        expect(bytes).toEqual(jpeg(64, 64, [jpegSegment(0xe1, held)]));
      }
    }
  });

  it("EXIF that says nothing of a side, or nothing that there is, goes as a whole", () => {
    const useless = [
      exif(1),
      exif(0),
      exif(9),
      exif(6, true, [0x8825]),
      exif(6).subarray(0, 30),
      Buffer.from("Exif\0\0II"),
    ];
    for (const held of useless) expect(shown(jpeg(64, 64, [jpegSegment(0xe1, held)]))).toEqual(jpeg());
  });

  it("a preview in its first segment goes, and how colours are coded stays", () => {
    const whole = jpeg();
    const start = Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01", "latin1");
    const withPreview = Buffer.concat([
      whole.subarray(0, 2),
      jpegSegment(0xe0, Buffer.concat([start, Buffer.from([1, 2, 3])])),
      whole.subarray(20),
    ]);
    expect(shown(withPreview)).toEqual(whole);
    const adobe = Buffer.from("Adobe\0\x64\0\0\0\0\x01", "latin1");
    const coded = jpeg(64, 64, [jpegSegment(0xee, Buffer.concat([adobe, secret]))]);
    expect(shown(coded)).toEqual(jpeg(64, 64, [jpegSegment(0xee, adobe)]));
  });
});

describe("of a PNG", () => {
  it("chunks about it are not shown, and those that make its look are", () => {
    const look = [
      pngChunk("gAMA", Buffer.alloc(4, 1)),
      pngChunk("cHRM", Buffer.alloc(32, 1)),
      pngChunk("sRGB", Buffer.alloc(1)),
      pngChunk("iCCP", Buffer.from("profile\0\0rest")),
      pngChunk("tRNS", Buffer.alloc(2)),
    ];
    const about = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "pHYs", "gAMA", "caBX", "vpAg"].map((name) =>
      pngChunk(name, secret),
    );
    expect(shown(png(64, 64, [...about, ...look, ...about]))).toEqual(png(64, 64, look));
  });
});

describe("of a WEBP", () => {
  it("EXIF, XMP and unknown chunks are not shown, nor promised", () => {
    const about = ["EXIF", "XMP ", "JUNK"].map((name) => webpChunk(name, secret));
    const look = [webpChunk("ICCP", Buffer.alloc(5)), webpChunk("ALPH", Buffer.alloc(3)), lossy(70, 80)];
    const whole = webpOf(canvas(70, 80, 0x3c), ...about, ...look, ...about);
    expect(shown(whole)).toEqual(webpOf(canvas(70, 80, 0x30), ...look));
    expect(shown(webpOf(lossless(70, 80), ...about))).toEqual(webpOf(lossless(70, 80)));
  });
});

const kinds = { png, jpeg, webp };

it.each(Object.entries(kinds))("nothing that follows a %s is shown, such as a page or a second picture", (_, make) => {
  for (const more of ["\0", "<script>alert(1)</script>", make()]) {
    expect(shown(Buffer.concat([make(), Buffer.from(more)]))).toEqual(make());
  }
});

/** Files of each kind with things about them anywhere that their format allows. */
const notes = fc
  .tuple(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.boolean())
  .map(([held, kind, isFirst]) => ({ held: Buffer.concat([held, secret]), kind, isFirst }));
const files = fc
  .tuple(fc.constantFrom("png", "jpeg", "webp"), fc.array(notes, { maxLength: 8 }), fc.uint8Array({ maxLength: 40 }))
  .map(([kind, all, rest]) => {
    const pick = <Item>(items: readonly Item[], place: number) => items[place % items.length] as Item;
    const chunks = {
      png: () =>
        png(
          100,
          80,
          all.map(({ held, kind }) => pngChunk(pick(["tEXt", "iTXt", "eXIf", "tIME", "quOt"], kind), held)),
        ),
      jpeg: () =>
        jpeg(
          100,
          80,
          all.map(({ held, kind, isFirst }) =>
            isFirst
              ? jpegSegment(0xe1, Buffer.concat([exif(1 + (kind % 8), kind % 2 === 0), held]))
              : jpegSegment(pick([0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xef, 0xfe], kind), held),
          ),
        ),
      webp: () => {
        const about = all.map(({ held, kind }) => webpChunk(pick(["EXIF", "XMP ", "NOTE"], kind), held));
        return webpOf(canvas(100, 80, 0x1c), ...about, lossy(100, 80), ...about);
      },
    }[kind] as () => Buffer;
    return { kind, file: Buffer.concat([chunks(), rest]) };
  });

it("what is shown is the same picture, has nothing of what was said about it, and is not changed again", () => {
  fc.assert(
    fc.property(files, ({ kind, file }) => {
      const bytes = shown(file);
      expect(bytes.includes(SECRET)).toBe(false);
      expect(readPicture(bytes)).toMatchObject({ picture: { type: kind, width: 100, height: 80 } });
      expect(shown(bytes)).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

it("whatever bytes come, they are refused by a rule, or shown and then not changed again", () => {
  const change = fc.record({ at: fc.nat(4000), value: fc.nat(255), remove: fc.nat(3) });
  const mutated = fc.tuple(files, fc.array(change, { minLength: 1, maxLength: 12 })).map(([{ file }, changes]) => {
    const bytes = [...file];
    for (const { at, value, remove } of changes) bytes.splice(at % bytes.length, remove, value);
    return Uint8Array.from(bytes);
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const reading = readPicture(bytes);
      if (reading.kind === "refused") return /^PICTURE_[A-Z]+$/.test(reading.code);
      expect(readPicture(reading.bytes)).toEqual(reading);
      return true;
    }),
    { numRuns: 3000 },
  );
});
