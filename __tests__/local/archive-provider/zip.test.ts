import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeZip, type ZipEntry } from "#local/archive-provider/zip.ts";

const FILE_0644 = 0o100644;

const entry = fc.record<ZipEntry>(
  { name: fc.string({ minLength: 1, unit: "grapheme" }), content: fc.uint8Array(), mode: fc.constant(FILE_0644) },
  { requiredKeys: ["name", "content"] },
);

/** Reads the entries back by the archive's own index, as any reader does. */
const readZip = (
  zip: Buffer,
): { name: string; content: Buffer; attributes: number; date: number; madeBy: number }[] => {
  const end = zip.length - 22;
  let position = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const at = position;
    const nameLength = zip.readUInt16LE(at + 28);
    position += 46 + nameLength;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    return {
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      content: inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20))),
      attributes: zip.readUInt32LE(at + 38),
      date: zip.readUInt16LE(at + 14),
      madeBy: zip.readUInt16LE(at + 4) >> 8,
    };
  });
};

describe("a zip archive", () => {
  test("gives back the names and contents that went in", () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const read = readZip(writeZip(entries));
        expect(read.map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
        expect(read.map(({ content }) => content)).toEqual(entries.map(({ content }) => Buffer.from(content)));
      }),
    );
  });

  test("has the same bytes each time", () => {
    const entries = [{ name: "a", content: Buffer.from("one"), mode: FILE_0644 }];
    expect(writeZip(entries)).toEqual(writeZip(entries));
  });

  test("dates files 2049-01-01 and says unix and their mode", () => {
    const [file] = readZip(writeZip([{ name: "a", content: Buffer.alloc(0), mode: FILE_0644 }]));
    expect(file).toMatchObject({
      attributes: FILE_0644 * 0x10000,
      date: ((2049 - 1980) << 9) | (1 << 5) | 1,
      madeBy: 3,
    });
  });

  test("marks a file that its owner cannot write as read-only", () => {
    const [file] = readZip(writeZip([{ name: "a", content: Buffer.alloc(0), mode: 0o100444 }]));
    expect(file?.attributes).toBe(0o100444 * 0x10000 + 1);
  });

  test("says neither date nor mode of given content", () => {
    const [file] = readZip(writeZip([{ name: "a", content: Buffer.alloc(0) }]));
    expect(file).toMatchObject({ attributes: 0, date: 0, madeBy: 0 });
  });

  test("without entries is just an end", () => {
    expect(writeZip([])).toHaveLength(22);
  });

  test("is refused above 65535 files", () => {
    const entries = Array.from({ length: 65_536 }, () => ({ name: "a", content: Buffer.alloc(0) }));
    expect(() => writeZip(entries)).toThrow(
      "the number of files in an archive is limited to 65535 without zip64, got 65536",
    );
  });
});
