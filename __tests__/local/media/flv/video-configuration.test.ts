import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSequenceParameters } from "#local/media/flv/sequence-parameter-set.ts";
import { parseVideoConfiguration } from "#local/media/flv/video-configuration.ts";
import { bitWriter, withEmulationPrevention } from "./fixture/bit-writer.ts";

/** Written by x264 through ffmpeg 9.0 into FLV files whose picture was asked for with the size and rate beside them. */
const FROM_X264: readonly [string, string, number, number, number, string][] = [
  [
    "Baseline",
    "avc1.42C01E",
    320,
    180,
    30,
    "0142c01effe100176742c01eda05067e7c0440000003004000000f03c58ba801000468ce0fc8",
  ],
  [
    "interlaced",
    "avc1.4D401E",
    720,
    576,
    25,
    "014d401effe10018674d401eeca05a126c0440000003004000000c87c50a658001000468fe8fc8",
  ],
  [
    "cropped to 1080 lines",
    "avc1.64002A",
    1920,
    1080,
    60,
    "0164002affe1001b6764002aacd940780227e5c044000003000400000301e03c60c65801000468ef8fcbfdf8f800",
  ],
  [
    "24000/1001 frames a second",
    "avc1.4D401F",
    1280,
    720,
    24000 / 1001,
    "014d401fffe10017674d401feca02802dd808800001f480005dc0078c18cb001000468ef8fc8",
  ],
  [
    "4:2:2",
    "avc1.7A0015",
    322,
    182,
    50,
    "017a0015ffe1001a677a0015bcd941519e222f0110000003001000000640f162d96001000468ef8fcbfef8f800",
  ],
  [
    "4:4:4",
    "avc1.F4000C",
    322,
    182,
    15,
    "01f4000cffe1001b67f4000c919b282a33c7c5e0220000030002000003003c1e28532c01000668ef8f192190fff8f800",
  ],
  [
    "10 bits",
    "avc1.6E001E",
    640,
    360,
    30,
    "016e001effe1001b676e001ea6cd940a02ff970110000003001000000303c0f162d96001000468ef8fcbfdfafa00",
  ],
  [
    "scaling lists",
    "avc1.64001E",
    640,
    360,
    30,
    "0164001effe1001a6764001eacd940a02ff970110000030001000003003c0f162d9601000568ef8fcc03fdf8f800",
  ],
  [
    "colours, overscan and chroma location",
    "avc1.64001E",
    640,
    480,
    30,
    "0164001effe1001e6764001eacd940a03db02a9020201a50000003001000000303c0f162d96001000468ef8fcbfdf8f800",
  ],
  [
    "pixels of 16:17",
    "avc1.64001E",
    640,
    480,
    30,
    "0164001effe1001d6764001eacd940a03dbff0010001110000030001000003003c0f162d9601000468ef8fcbfdf8f800",
  ],
  [
    "portrait",
    "avc1.64001E",
    360,
    640,
    30,
    "0164001effe1001a6764001eacd9417051e5f0110000030001000003003c0f162d9601000468ef8fcbfdf8f800",
  ],
];
const [, , , , , BASELINE] = FROM_X264[0] ?? ["", "", 0, 0, 0, ""];

describe("an H.264 configuration of x264", () => {
  it.each(FROM_X264)("%s", (_, codec, width, height, frameRate, hex) => {
    expect(parseVideoConfiguration(Buffer.from(hex, "hex"))).toMatchObject({ codec, width, height, frameRate });
  });

  it("gives the parameter sets without start codes", () => {
    const { sequenceParameterSets, pictureParameterSets, lengthSize } = parseVideoConfiguration(
      Buffer.from(BASELINE, "hex"),
    );
    expect(sequenceParameterSets.map((set) => set.toString("hex"))).toEqual([
      "6742c01eda05067e7c0440000003004000000f03c58ba8",
    ]);
    expect(pictureParameterSets.map((set) => set.toString("hex"))).toEqual(["68ce0fc8"]);
    expect(lengthSize).toBe(4);
  });
});

describe("an H.264 configuration that is broken", () => {
  const record = Buffer.from(BASELINE, "hex");
  const changed = (offset: number, value: number) => {
    const copy = Buffer.from(record);
    copy[offset] = value;
    return copy;
  };

  it.each([
    ["nothing", Buffer.alloc(0), "the H.264 configuration ends too early"],
    ["another version", changed(0, 9), "the H.264 configuration must be of version 1: 9"],
    ["lengths of three bytes", changed(4, 0xfe), "the H.264 configuration has NAL lengths of 3 bytes"],
    ["no parameter set", changed(5, 0xe0), "the H.264 configuration lacks a parameter set"],
    ["a length past the end", changed(7, 0xff), "the H.264 configuration has a parameter set of a wrong length"],
    ["a set that is another one", changed(8, 0x68), "the sequence parameter set is none"],
    ["half of it", record.subarray(0, 20), "the H.264 configuration has a parameter set of a wrong length"],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseVideoConfiguration(bytes)).toThrow(expect.objectContaining({ code: "INGEST_MEDIA", message }));
  });

  it("refuses any bytes with a reason, and never otherwise", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map(Buffer.from);
    const damaged = fc
      .tuple(fc.constantFrom(...FROM_X264), fc.nat(), fc.nat(255))
      .map(([[, , , , , hex], place, value]) => {
        const copy = Buffer.from(hex, "hex");
        copy[place % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), (input) => {
        try {
          const { width, height } = parseVideoConfiguration(input);
          expect(width * height).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: "INGEST_MEDIA" });
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a sequence parameter set", () => {
  const flag = fc.nat(1);
  const picture = fc.record({
    profile: fc.constantFrom(66, 77, 100, 110, 122, 244),
    level: fc.constantFrom(10, 31, 52),
    chroma: fc.constantFrom(0, 1, 2, 3),
    lists: fc.array(fc.option(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 16, maxLength: 16 })), {
      maxLength: 8,
    }),
    order: fc.constantFrom(0, 1, 2),
    offsets: fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 5 }),
    columns: fc.integer({ min: 4, max: 256 }),
    rows: fc.integer({ min: 4, max: 128 }),
    framesOnly: flag,
    crop: fc.tuple(fc.nat(7), fc.nat(7), fc.nat(7), fc.nat(7)),
    aspect: fc.option(fc.constantFrom(1, 255)),
    timing: fc.option(
      fc.record({ unitsInTick: fc.integer({ min: 1, max: 5000 }), timeScale: fc.integer({ min: 1, max: 240_000 }) }),
    ),
  });

  it("says the size and rate that were written into it, whatever stands before them", () => {
    fc.assert(
      fc.property(picture, (said) => {
        const hasChroma = said.profile > 77;
        const chroma = hasChroma ? said.chroma : 1;
        const writer = bitWriter().bits(0x67, 8).bits(said.profile, 8).bits(0, 8).bits(said.level, 8).unsigned(0);
        if (hasChroma) {
          writer.unsigned(chroma);
          if (chroma === 3) writer.bits(0, 1);
          writer.unsigned(0).unsigned(0).bits(0, 1).bits(1, 1);
          for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1) {
            const values = said.lists[list];
            writer.bits(values ? 1 : 0, 1);
            if (!values) continue;
            // The values of a list are told by their differences; a zero says that the rest is as the last one.
            let last = 8;
            for (let index = 0; index < (list < 6 ? 16 : 64); index += 1) {
              const value = values[index % 16] ?? 0;
              const difference = ((value - last + 128 + 256) % 256) - 128;
              writer.signed(difference);
              if (value === 0) break;
              last = value;
            }
          }
        }
        writer.unsigned(0).unsigned(said.order);
        if (said.order === 0) writer.unsigned(4);
        if (said.order === 1) {
          writer.bits(0, 1).signed(-3).signed(5).unsigned(said.offsets.length);
          for (const offset of said.offsets) writer.signed(offset);
        }
        writer
          .unsigned(1)
          .bits(0, 1)
          .unsigned(said.columns - 1)
          .unsigned(said.rows - 1)
          .bits(said.framesOnly, 1);
        if (!said.framesOnly) writer.bits(0, 1);
        writer.bits(1, 1).bits(1, 1);
        for (const side of said.crop) writer.unsigned(side);
        writer.bits(1, 1).bits(said.aspect ? 1 : 0, 1);
        if (said.aspect) writer.bits(said.aspect, 8);
        if (said.aspect === 255) writer.bits(4, 16).bits(3, 16);
        writer
          .bits(0, 1)
          .bits(0, 1)
          .bits(0, 1)
          .bits(said.timing ? 1 : 0, 1);
        if (said.timing) writer.bits(said.timing.unitsInTick, 32).bits(said.timing.timeScale, 32).bits(1, 1);

        const parameters = parseSequenceParameters(withEmulationPrevention(writer.bytes()));
        const [left, right, top, bottom] = said.crop;
        const unitWidth = chroma === 1 || chroma === 2 ? 2 : 1;
        const unitHeight = (chroma === 1 ? 2 : 1) * (said.framesOnly ? 1 : 2);
        expect(parameters).toEqual({
          profile: said.profile,
          constraints: 0,
          level: said.level,
          width: said.columns * 16 - (left + right) * unitWidth,
          height: said.rows * 16 * (said.framesOnly ? 1 : 2) - (top + bottom) * unitHeight,
          ...(said.timing && { frameRate: said.timing.timeScale / (2 * said.timing.unitsInTick) }),
        });
      }),
    );
  });

  it("refuses a picture of no width", () => {
    const writer = bitWriter().bits(0x67, 8).bits(66, 8).bits(0, 8).bits(30, 8);
    writer.unsigned(0).unsigned(0).unsigned(2).unsigned(1).bits(0, 1).unsigned(0).unsigned(0).bits(1, 1).bits(1, 1);
    writer.bits(1, 1).unsigned(8).unsigned(0).unsigned(0).unsigned(0).bits(0, 1);
    expect(() => parseSequenceParameters(writer.bytes())).toThrow(
      "a picture must have sides of 1 to 16880 pixels: 0x16",
    );
  });

  it("refuses a number that never ends", () => {
    expect(() => parseSequenceParameters(Buffer.from("674200 1e 000000000000".replaceAll(" ", ""), "hex"))).toThrow(
      "the sequence parameter set has a number above 32 bits",
    );
  });
});
