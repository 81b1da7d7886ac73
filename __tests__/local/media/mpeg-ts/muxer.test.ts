import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTextTag, textTag } from "#local/media/id3/text-tag.ts";
import { createMuxer, type Muxer } from "#local/media/mpeg-ts/muxer.ts";
import { PID } from "#local/media/mpeg-ts/tables.ts";
import { mapsOf, packetsOf, readTransportStream } from "../fixture/transport-stream.ts";
import { AUDIO, picture, sound, VIDEO } from "../fixture/units.ts";

const START_CODE = Buffer.of(0, 0, 0, 1);
const content = { video: VIDEO, audio: AUDIO, metadata: false };

/** What a muxer of our content makes of some calls, read back. */
const mux = (call: (muxer: Muxer) => void, declared: Parameters<Muxer["tables"]>[0] = content) => {
  const muxer = createMuxer();
  muxer.tables(declared);
  call(muxer);
  return readTransportStream(muxer.take());
};

/** The NAL units of a picture in Annex B form. */
const nalsOf = (payload: Buffer): string[] => payload.toString("hex").split(START_CODE.toString("hex")).slice(1);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** A NAL unit that no start code can be in. */
const nalUnit = fc
  .uint8Array({ minLength: 1, maxLength: 900 })
  .map((bytes) => Uint8Array.of(0x41, ...bytes.map((byte) => byte | 1)));

describe("a muxed picture", () => {
  it("begins with an access unit delimiter, and a keyframe with its parameter sets", () => {
    const [key, other] = packetsOf(
      mux(({ video }) => [picture(0, true), picture(40)].forEach(video)),
      PID.video,
    );
    const [sps, pps] = [VIDEO.sequenceParameterSets, VIDEO.pictureParameterSets].map(([set]) =>
      hex(set ?? Buffer.of()),
    );
    expect(nalsOf(key?.payload ?? Buffer.of())).toEqual(["09f0", sps, pps, "65888421"]);
    expect(nalsOf(other?.payload ?? Buffer.of())).toEqual(["09f0", "41888421"]);
    expect([key?.randomAccess, other?.randomAccess]).toEqual([true, false]);
  });

  it("keeps its own parameter sets, and loses the encoder's delimiters and filling", () => {
    const own = {
      ...picture(0, true),
      nalUnits: ["0910", "67aa", "68bb", "0cff80", "6588"].map((nal) => Buffer.from(nal, "hex")),
    };
    const [packet] = packetsOf(
      mux(({ video }) => video(own)),
      PID.video,
    );
    expect(nalsOf(packet?.payload ?? Buffer.of())).toEqual(["09f0", "67aa", "68bb", "6588"]);
  });

  it("is left out where nothing of it can be shown", () => {
    const empty = { ...picture(0), nalUnits: [Buffer.from("0910", "hex")] };
    const undeclared = createMuxer();
    undeclared.video(picture(0, true));
    expect(undeclared.take()).toHaveLength(0);
    expect(
      packetsOf(
        mux(({ video }) => video(empty)),
        PID.video,
      ),
    ).toEqual([]);
  });

  it("tells presentation and decoding times in 90 kHz ticks, 1.4 s after its clock reference", () => {
    const [packet] = packetsOf(
      mux(({ video }) => video(picture(1_000, false, 80))),
      PID.video,
    );
    expect(packet).toMatchObject({
      pts: (1_080 + 1_400) * 90,
      dts: (1_000 + 1_400) * 90,
      clock: 90_000,
      streamId: 0xe0,
    });
  });
});

describe("a muxed sound", () => {
  it("is an AAC frame behind an ADTS header", () => {
    const [packet] = packetsOf(
      mux(({ audio }) => audio(sound(21))),
      PID.audio,
    );
    expect(packet).toMatchObject({ pts: (21 + 1_400) * 90, streamId: 0xc0 });
    // MPEG-4, no CRC; low complexity at 48 kHz; two channels; ten bytes; buffer fullness not told; one frame.
    expect(hex(packet?.payload ?? Buffer.of())).toBe("fff14c80015ffc211004");
  });

  it("is left out where it is too long for ADTS, or where no sound is declared", () => {
    const long = { ...sound(0), data: new Uint8Array(8_185) };
    expect(
      packetsOf(
        mux(({ audio }) => audio(long)),
        PID.audio,
      ),
    ).toEqual([]);
    const silent = mux(({ audio }) => audio(sound(0)), { video: VIDEO, metadata: false });
    expect(packetsOf(silent, PID.audio)).toEqual([]);
    expect(mapsOf(silent)).toMatchObject([{ version: 0, clockPid: PID.video, streams: { [PID.video]: 0x1b } }]);
  });
});

describe("timed metadata", () => {
  it("is a private stream of aligned ID3 tags, declared as such", () => {
    const tag = textTag({ description: "", text: "hello" });
    const items = mux(({ metadata }) => metadata(tag, 500), { ...content, metadata: true });
    const [packet] = packetsOf(items, PID.metadata);
    expect(packet).toMatchObject({ streamId: 0xbd, aligned: true, pts: 1_900 * 90 });
    expect(readTextTag(packet?.payload ?? Buffer.of())).toEqual([{ description: "", text: "hello" }]);
    expect(mapsOf(items)[0]?.streams).toEqual({ [PID.video]: 0x1b, [PID.audio]: 0x0f, [PID.metadata]: 0x15 });
  });

  it("gives the programme map a new version when it comes and when it goes", () => {
    const [off, on] = [content, { ...content, metadata: true }];
    const items = mux(({ tables }) => [off, on, on, off].forEach(tables));
    expect(mapsOf(items).map(({ version }) => version)).toEqual([0, 0, 1, 1, 2]);
  });
});

describe("any stream", () => {
  const unit = fc.record({ nals: fc.array(nalUnit, { minLength: 1, maxLength: 4 }), composition: fc.nat(200) });

  it("is taken apart into what was put in, with counters that run on and rising clocks", () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const muxer = createMuxer();
        const counters = new Map<number, number>();
        const packets = units.flatMap(({ nals, composition }, index) => {
          const dts = index * 40;
          muxer.tables(content);
          muxer.video({ kind: "video", dts, pts: dts + composition, keyframe: false, nalUnits: nals });
          muxer.audio({ kind: "audio", dts, pts: dts, data: nals[0] ?? Uint8Array.of(0) });
          return readTransportStream(muxer.take(), counters);
        });
        const videos = packetsOf(packets, PID.video);
        expect(videos.map(({ payload }) => nalsOf(payload).slice(1))).toEqual(units.map(({ nals }) => nals.map(hex)));
        expect(videos.map(({ clock }) => clock)).toEqual(units.map((_, index) => index * 3_600));
        expect(videos.map(({ pts, dts }) => pts - dts)).toEqual(units.map(({ composition }) => composition * 90));
        expect(packetsOf(packets, PID.audio).map(({ payload }) => hex(payload.subarray(7)))).toEqual(
          units.map(({ nals }) => hex(nals[0] ?? Buffer.of())),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("fills its packets at every length of a picture", () => {
    const lengths = Array.from({ length: 400 }, (_, index) => index + 1);
    const units = lengths.map((length) => ({ ...picture(0), nalUnits: [new Uint8Array(length).fill(0x41)] }));
    const packets = packetsOf(
      mux(({ video }) => units.forEach(video)),
      PID.video,
    );
    expect(packets.map(({ payload }) => payload.length - 10)).toEqual(lengths);
  });

  it("tells no length for a picture above 65535 bytes, and keeps it whole", () => {
    const unit = { ...picture(0), nalUnits: [new Uint8Array(200_000).fill(0x41)] };
    const [packet] = packetsOf(
      mux(({ video }) => video(unit)),
      PID.video,
    );
    expect(packet?.payload.length).toBe(200_010);
  });

  it("begins its 33-bit clocks anew after 26.5 hours, and goes on", () => {
    const last = Math.floor(2 ** 33 / 90) - 1_400;
    const times = [last - 40, last, last + 40, last + 1_400, last + 1_440];
    const packets = packetsOf(
      mux(({ video }) => times.map((time) => picture(time)).forEach(video)),
      PID.video,
    );
    const expected = times.map((time) => [((time + 1_400) * 90) % 2 ** 33, (time * 90) % 2 ** 33]);
    expect(packets.map(({ dts, clock }) => [dts, clock])).toEqual(expected);
    expect(packets[2]?.dts).toBeLessThan(90 * 41);
    expect(packets[4]?.clock).toBeLessThan(90 * 41);
  });
});
