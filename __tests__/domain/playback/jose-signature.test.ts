import { createPrivateKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joseSignature, SignatureError } from "#domain/playback/jose-signature.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
const pem = createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }));

/** A DER integer of digits without leading zeros. */
const integer = (digits: readonly number[]) => {
  const bytes = (digits[0] ?? 0) >= 0x80 ? [0, ...digits] : [...digits];
  return [0x02, bytes.length, ...bytes];
};
const sequence = (...numbers: readonly number[][]) => {
  const content = numbers.flat();
  return Uint8Array.from([0x30, content.length, ...content]);
};
const padded = (digits: readonly number[]) => [...Array(48 - digits.length).fill(0), ...digits];

const digits = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 48 })
  .filter(([first]) => first !== 0);

describe("joseSignature", () => {
  it("turns random signatures into ones that verify", () => {
    for (let count = 0; count < 500; count++) {
      const text = Buffer.from(`message ${count}`);
      const jose = joseSignature(sign("sha384", text, pem));
      expect(jose).toHaveLength(96);
      expect(verify("sha384", text, { key: publicKey, dsaEncoding: "ieee-p1363" }, jose)).toBe(true);
    }
  });

  it("pads short numbers, and drops the byte before a high bit", () => {
    const [low, high] = [
      [1, 2, 3],
      [0x80, ...Array(47).fill(7)],
    ];
    expect([...joseSignature(sequence(integer(low), integer(high)))]).toEqual([...padded(low), ...high]);
  });

  it("reads every pair of numbers that DER can write", () => {
    fc.assert(
      fc.property(digits, digits, (r, s) => {
        expect([...joseSignature(sequence(integer(r), integer(s)))]).toEqual([...padded(r), ...padded(s)]);
      }),
    );
  });

  it.each([
    ["nothing", [], "must be one DER sequence"],
    ["no sequence", [0x31, 0], "must be one DER sequence"],
    ["bytes after the sequence", [...sequence(integer([1]), integer([1])), 0], "must be one DER sequence"],
    ["a length in the long form", [0x30, 0x81, 6, 2, 1, 1, 2, 1, 1], "must be one DER sequence"],
    ["one number", sequence(integer([1])), "must be two DER integers"],
    ["three numbers", sequence(integer([1]), integer([1]), integer([1])), "must end after two integers"],
    ["a number that runs over the end", [0x30, 6, 2, 1, 1, 2, 9, 1], "must be two DER integers"],
    ["a number of no bytes", [0x30, 5, 2, 0, 2, 1, 1], "must be two DER integers"],
    ["a negative number", [0x30, 6, 2, 1, 0x80, 2, 1, 1], "must have no negative integer"],
    ["a padded number", [0x30, 7, 2, 2, 0, 1, 2, 1, 1], "must have integers without padding"],
    ["a zero", [0x30, 6, 2, 1, 0, 2, 1, 1], "must have no integer of 0"],
    ["a number of 49 bytes", sequence([2, 49, ...Array(49).fill(1)], integer([1])), "must have integers of at most 48"],
  ])("refuses %s", (_, der, rule) => {
    expect(() => joseSignature(Uint8Array.from(der))).toThrow(rule);
  });

  it("throws nothing but its own error, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (der) => {
        try {
          expect(joseSignature(der)).toHaveLength(96);
        } catch (error) {
          expect(error).toBeInstanceOf(SignatureError);
        }
      }),
    );
  });

  it("refuses every signature with one bit of its frame turned", () => {
    const der = sign("sha384", Buffer.from("message"), pem);
    for (const at of [0, 1, 2, 3]) {
      for (let bit = 0; bit < 8; bit++) {
        const turned = Buffer.from(der);
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        expect(() => joseSignature(turned)).toThrow(SignatureError);
      }
    }
  });
});
