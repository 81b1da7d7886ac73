import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFlvTagReader, type FlvTag } from "#local/media/encoder/flv-tags.ts";

const HEADER = Buffer.from("464c5601050000000900000000", "hex");

const write = ({ type, timestamp, body }: FlvTag): Buffer => {
  const header = Buffer.alloc(11);
  header.writeUInt8(type, 0);
  header.writeUIntBE(body.length, 1, 3);
  header.writeUIntBE(timestamp % 2 ** 24, 4, 3);
  header.writeUInt8(Math.floor(timestamp / 2 ** 24), 7);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(11 + body.length);
  return Buffer.concat([header, body, size]);
};

const tag = fc.record({
  type: fc.constantFrom(8, 9, 18),
  timestamp: fc.nat({ max: 0xffffffff }),
  body: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
});

describe("createFlvTagReader", () => {
  it("gives every tag as it was written, however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), fc.integer({ min: 1, max: 300 }), (tags, piece) => {
        const file = Buffer.concat([HEADER, ...tags.map(write)]);
        const reader = createFlvTagReader();
        const read: FlvTag[] = [];
        for (let offset = 0; offset < file.length; offset += piece) {
          for (const one of reader.read(file.subarray(offset, offset + piece))) {
            read.push({ ...one, body: Buffer.from(one.body) });
          }
        }
        expect(read).toEqual(tags);
      }),
    );
  });

  it("reads a time above three bytes", () => {
    const late = { type: 9, timestamp: 0x01000002, body: Buffer.of(1) };
    expect([...createFlvTagReader().read(Buffer.concat([HEADER, write(late)]))]).toEqual([late]);
  });

  it("refuses what is no FLV file", () => {
    expect(() => [...createFlvTagReader().read(Buffer.alloc(20))]).toThrow("not an FLV file");
  });
});
