import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { cursorNumber, cursorText, readCursor, writeCursor } from "#aws/table/cursor.ts";
import { CursorError } from "#domain/profiles/profile.ts";

const place = v.strictTuple([cursorNumber, cursorText]);

describe("a cursor", () => {
  it("reads back as what was written, in signs that an address takes", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string({ minLength: 1, maxLength: 330, unit: "grapheme-ascii" }), (at, name) => {
        const cursor = writeCursor([at, name]);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(cursor, place)).toEqual([at, name]);
      }),
    );
  });

  it("is refused by one error, whatever else it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString("base64url")),
        ),
        (cursor) => {
          expect(() => readCursor(cursor, v.strictTuple([v.literal("only this")]))).toThrow(CursorError);
        },
      ),
    );
  });

  it("is said in the error, cut to 80 characters", () => {
    const refusal = (cursor: string) => () => readCursor(cursor, place);
    expect(refusal("")).toThrow('cursor must be the "next" of an earlier page, got ""');
    expect(refusal("x".repeat(99))).toThrow(`cursor must be the "next" of an earlier page, got "${"x".repeat(80)}"`);
  });
});
