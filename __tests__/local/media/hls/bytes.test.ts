import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { createSegmenter } from "#local/media/hls/segmenter.ts";
import { configurations, pictures } from "../fixture/units.ts";
import { openSession } from "../rtmp/fixture/open-session.ts";
import { randomNumbers } from "../rtmp/fixture/random.ts";
import { record } from "../rtmp/fixture/recorder.ts";

/** Segments and parts of a stream with a text in it, as one number. */
const fingerprint = (units: readonly MediaUnit[]): string => {
  const hash = createHash("sha256");
  const segmenter = createSegmenter({
    now: () => 0,
    onSegment: ({ parts }) => {
      for (const { data } of parts) hash.update(`${data.length} `).update(data);
    },
  });
  for (const [index, unit] of units.entries()) {
    if (index === units.length >> 1) segmenter.metadata("hello");
    segmenter.write(unit);
  }
  segmenter.end();
  return hash.digest("hex");
};

/** Pictures of 1 byte to 150 kB and sounds up to 600 bytes, the same in each run. */
const unitsOfAllSizes = (): MediaUnit[] => {
  const random = randomNumbers(1);
  const bytes = (first: number, length: number) =>
    Uint8Array.from({ length }, (_, index) => (index === 0 ? first : random(256)));
  return pictures({ seconds: 7 }).map((unit) => {
    if (unit.kind === "audio") return { ...unit, data: bytes(0x21, 1 + random(600)) };
    const longest = 10 ** (1 + random(5));
    const nalUnits = Array.from({ length: 1 + random(3) }, () =>
      bytes(unit.keyframe ? 0x65 : 0x41, 1 + random(longest)),
    );
    return { ...unit, pts: unit.dts + random(3) * 40, nalUnits };
  });
};

/** A fingerprint changes only where the form of the stream is changed on purpose; players then have to prove it anew. */
describe("the bytes of a stream's segments", () => {
  it("are the same as ever for what ffmpeg sent", async () => {
    const recorder = record();
    const { receive } = openSession(() => ({ accepted: recorder }));
    await receive(readFileSync(new URL("../rtmp/fixture/ffmpeg-ingest.bin", import.meta.url)));
    expect(fingerprint(recorder.units)).toBe("e70ca698c2a6fde559829d0cd3c5920861ad0e40b7ea8b255818f523eebd0c5d");
  });

  it("are the same as ever for pictures and sounds of all sizes", () => {
    expect(fingerprint([...configurations, ...unitsOfAllSizes()])).toBe(
      "08cf51feb32eca5291743f7022c8fc08a439dd6aa4ba9b7237e1bbe1d3223701",
    );
  });
});
