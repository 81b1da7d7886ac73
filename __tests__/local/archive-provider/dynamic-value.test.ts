import { Encoder, ExtensionCodec } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeDynamicValue,
  encodeDynamicValue,
  type TerraformValue,
  UNKNOWN,
} from "#local/archive-provider/dynamic-value.ts";
import { encodeMessage } from "#local/archive-provider/wire.ts";

const { value } = fc.letrec<{ value: TerraformValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.constant(UNKNOWN),
    fc.boolean(),
    fc.maxSafeInteger(),
    // Terraform has no negative zero.
    fc.double({ noNaN: true }).map((number) => number + 0),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value")),
    fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      tie("value"),
      { noNullPrototype: true },
    ),
  ),
}));

describe("Terraform's values", () => {
  test("come back as they went", () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(decodeDynamicValue(encodeDynamicValue(each))).toEqual(each);
      }),
    );
  });

  test("an unknown value is extension 0, as Terraform writes it", () => {
    expect(encodeDynamicValue(UNKNOWN).toString("hex")).toBe("0a03d40000");
  });

  test("an unknown value with refinements is read as unknown", () => {
    const extensions = new ExtensionCodec();
    const refined = { refined: true };
    extensions.register({
      type: 12,
      encode: (each) => (each === refined ? new Uint8Array([0x81, 0x01, 0xc2]) : null),
      decode: () => null,
    });
    const packed = new Encoder({ extensionCodec: extensions }).encode({ name: refined });
    expect(decodeDynamicValue(encodeMessage({ 1: packed }))).toEqual({ name: UNKNOWN });
  });

  test("an absent or empty value is null", () => {
    expect(decodeDynamicValue(undefined)).toBeNull();
    expect(decodeDynamicValue(new Uint8Array())).toBeNull();
  });

  test("hostile bytes give a value or an error, never a crash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          decodeDynamicValue(encodeMessage({ 1: bytes }));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
