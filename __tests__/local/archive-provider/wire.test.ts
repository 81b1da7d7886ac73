import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, decodeMessage, encodeMessage, WireError } from "#local/archive-provider/wire.ts";

const fieldNumber = fc.integer({ min: 1, max: 0x1fffffff });
const wireValue = fc.oneof(fc.maxSafeNat(), fc.boolean(), fc.string({ unit: "binary" }), fc.uint8Array());

const asRead = (value: number | boolean | string | Uint8Array): bigint | Uint8Array =>
  value instanceof Uint8Array
    ? Buffer.from(value)
    : typeof value === "string"
      ? Buffer.from(value)
      : BigInt(Number(value));

describe("the protobuf wire codec", () => {
  test("writes the bytes that the protobuf documentation shows", () => {
    expect(encodeMessage({ 1: 150 }).toString("hex")).toBe("089601");
    expect(encodeMessage({ 2: "testing" }).toString("hex")).toBe("120774657374696e67");
    expect(encodeMessage({ 3: encodeMessage({ 1: 150 }) }).toString("hex")).toBe("1a03089601");
  });

  test("reads back whatever it wrote", () => {
    fc.assert(
      fc.property(fc.dictionary(fieldNumber.map(String), fc.array(wireValue, { minLength: 1 })), (fields) => {
        const read = decodeMessage(encodeMessage(fields));
        expect(read.size).toBe(Object.keys(fields).length);
        for (const [number, values] of Object.entries(fields)) {
          expect(read.get(Number(number))).toEqual(values.map(asRead));
        }
      }),
    );
  });

  test("leaves out absent fields", () => {
    expect(encodeMessage({ 1: undefined, 2: [] })).toHaveLength(0);
  });

  test("takes the last value of a field that is given twice", () => {
    expect(bytesOf(decodeMessage(encodeMessage({ 1: ["first", "last"] })), 1)).toEqual(Buffer.from("last"));
  });

  test("skips fixed-width values", () => {
    const fixed = Buffer.concat([Buffer.from([0x09]), Buffer.alloc(8), Buffer.from([0x15]), Buffer.alloc(4)]);
    expect([...decodeMessage(Buffer.concat([fixed, encodeMessage({ 3: "kept" })])).keys()]).toEqual([3]);
  });

  test("answers hostile bytes with a message or a WireError, never with anything else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["0a05616263", "a value of 5 bytes at offset 2 runs past the end at 5"],
    ["08", "a value of 1 bytes at offset 1 runs past the end at 1"],
    [`08${"ff".repeat(11)}`, "a varint before offset 11 is longer than ten bytes"],
    ["0b", "wire type 3 of field 1 is not supported"],
    ["00", "there is no field number 0"],
  ])("refuses %s", (hex, message) => {
    expect(() => decodeMessage(Buffer.from(hex, "hex"))).toThrow(message);
  });

  test("refuses to write a negative number", () => {
    expect(() => encodeMessage({ 1: -1 })).toThrow("a varint must be a safe integer of at least 0, got -1");
  });

  test("refuses a number where bytes are expected", () => {
    expect(() => bytesOf(decodeMessage(encodeMessage({ 1: 7 })), 1)).toThrow(
      "field 1 holds a number where bytes are expected",
    );
  });
});
