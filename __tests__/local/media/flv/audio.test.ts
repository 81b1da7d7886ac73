import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAudioConfiguration } from "#local/media/flv/audio-configuration.ts";
import { parseAudioTag } from "#local/media/flv/audio-tag.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("an AAC configuration", () => {
  it.each([
    ["AAC-LC, 44.1 kHz, mono", "1208 56e500", { codec: "mp4a.40.2", sampleRate: 44100, channels: 1 }],
    ["AAC-LC, 48 kHz, stereo", "1190", { codec: "mp4a.40.2", sampleRate: 48000, channels: 2 }],
    ["AAC-LC, 48 kHz, 7.1", "11b8", { codec: "mp4a.40.2", sampleRate: 48000, channels: 8 }],
    [
      "AAC-LC, a rate that is written out",
      "17 80 5d c0 10",
      { codec: "mp4a.40.2", sampleRate: 48000, sampleRateIndex: 3 },
    ],
    ["HE-AAC, of which the core is AAC-LC", "2b 92 08 00", { codec: "mp4a.40.5", objectType: 2, sampleRate: 22050 }],
  ])("%s", (_, bytes, expected) => {
    expect(parseAudioConfiguration(hex(bytes))).toMatchObject(expected);
  });

  it.each([
    ["AAC Main", "0a10", "INGEST_CODEC", "audio must be AAC-LC (audio object type 2): 1"],
    ["xHE-AAC", "f94640", "INGEST_CODEC", "audio must be AAC-LC (audio object type 2): 42"],
    ["an unknown rate", "1690", "INGEST_MEDIA", "the AAC configuration has no known sample rate"],
    ["no channels", "1180", "INGEST_MEDIA", "the AAC configuration must say 1 to 8 channels: 0"],
    ["half of it", "11", "INGEST_MEDIA", "the AAC configuration ends too early"],
  ])("refuses %s", (_, bytes, code, message) => {
    expect(() => parseAudioConfiguration(hex(bytes))).toThrow(expect.objectContaining({ code, message }));
  });
});

describe("an audio tag", () => {
  it("gives an AAC frame as it is", () => {
    expect(parseAudioTag(hex("af01 deadbeef"))).toEqual({ kind: "frame", data: hex("deadbeef") });
  });

  it("gives a configuration understood", () => {
    expect(parseAudioTag(hex("af00 1190"))).toMatchObject({ kind: "configuration", configuration: { channels: 2 } });
  });

  it.each(["", "af01"])("has nothing in %j", (bytes) => {
    expect(parseAudioTag(hex(bytes))).toEqual({ kind: "nothing" });
  });

  it.each([
    ["2f", "audio must be AAC: MP3"],
    ["b2", "audio must be AAC: Speex"],
    ["52", "audio must be AAC: Nellymoser"],
    ["f0", "audio must be AAC: sound format 15"],
    ["904f707573", "audio must be AAC: Opus in enhanced RTMP"],
    ["9000000000", "audio must be AAC: an unknown codec in enhanced RTMP"],
  ])("refuses %s by name: %s", (bytes, message) => {
    expect(() => parseAudioTag(hex(bytes))).toThrow(expect.objectContaining({ code: "INGEST_CODEC", message }));
  });

  it("refuses half a header", () => {
    expect(() => parseAudioTag(hex("af"))).toThrow("an audio tag of 1 byte has no header");
  });

  it("reads any bytes, or refuses them with a reason", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          parseAudioTag(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^INGEST_(CODEC|MEDIA)$/) });
        }
      }),
    );
  });
});
