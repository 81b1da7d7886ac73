import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AmfValue } from "#local/media/rtmp/amf0.ts";
import { decodeAmf0 } from "#local/media/rtmp/amf0-decode.ts";
import { encodeAmf0 } from "#local/media/rtmp/amf0-encode.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

const text = fc.string({ unit: "binary" });
const { value } = fc.letrec<{ value: AmfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.double(),
    fc.boolean(),
    text,
    fc.constantFrom(null, undefined),
    fc.date(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe("AMF0", () => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(decodeAmf0(encodeAmf0(...values))).toEqual(values);
      }),
    );
  });

  it("reads back a text of more than 65,535 bytes", () => {
    const long = "é".repeat(40_000);
    expect(decodeAmf0(encodeAmf0(long))).toEqual([long]);
  });

  it("refuses to write a name that is too long", () => {
    expect(() => encodeAmf0({ ["n".repeat(70_000)]: 1 })).toThrow("a name in AMF0 has at most 65535 bytes: 70000");
  });

  it.each([
    ["an ECMA array, whatever its count says", "08 ffffffff 0001 61 00 3ff0000000000000 000009", { a: 1 }],
    ["a typed object", "10 0003 466f6f 0001 61 0101 000009", { a: true }],
    ["a date with a time zone", "0b 0000000000000000 003c", new Date(0)],
    ["an XML document", "0f 00000003 3c612f", "<a/"],
    ["an unsupported value", "0d", undefined],
    ["a name that is empty", "03 0000 0101 000009", { "": true }],
  ])("reads %s", (_, bytes, expected) => {
    expect(decodeAmf0(hex(bytes))).toEqual([expected]);
  });

  it("takes __proto__ for a name like any other", () => {
    const [object] = decodeAmf0(hex("03 0009 5f5f70726f746f5f5f 03 0001 61 0101 000009 000009"));
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.keys(object as object)).toEqual(["__proto__"]);
  });

  it.each([
    ["00 3ff0", "an AMF0 value ends too early"],
    ["02 0010 61", "an AMF0 value ends too early"],
    ["0c ffffffff 61", "an AMF0 value ends too early"],
    ["0a ffffffff 05", "an AMF0 value ends too early"],
    ["03 0001 61 05", "an AMF0 value ends too early"],
    ["07 0000", "an AMF0 value has the unknown marker 7"],
    ["11 01", "an AMF0 value has the unknown marker 17"],
    ["0a00000001".repeat(17), "an AMF0 value is nested more than 16 deep"],
  ])("refuses %s", (bytes, message) => {
    expect(() => decodeAmf0(hex(bytes))).toThrow(expect.objectContaining({ code: "INGEST_PROTOCOL", message }));
  });

  it("reads any bytes, or refuses them with a reason", () => {
    const damaged = fc.tuple(fc.array(value), fc.array(fc.tuple(fc.nat(), fc.nat(255)))).map(([values, changes]) => {
      const bytes = encodeAmf0(...values);
      for (const [place, byte] of changes) if (bytes.length > 0) bytes[place % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }).map(Buffer.from), damaged), (bytes) => {
        try {
          decodeAmf0(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: "INGEST_PROTOCOL" });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
