import * as v from "valibot";
import { CursorError } from "#domain/profiles/profile.ts";

/**
 * Where a list goes on, as one word: the part of the last row's key that sorts, never the part that says which list it
 * is. So a cursor that somebody made up moves about in the same list only.
 */
export const writeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/** A sort key, or a part of one: what DynamoDB takes, which is 1024 bytes with what stands before it. */
export const cursorText = v.pipe(v.string(), v.minLength(1), v.maxLength(330));
export const cursorNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const refused = (cursor: string) =>
  new CursorError(`cursor must be the "next" of an earlier page, got ${JSON.stringify(cursor.slice(0, 80))}`);

/** The parts of a cursor. @throws CursorError */
export function readCursor<Schema extends v.GenericSchema>(cursor: string, schema: Schema): v.InferOutput<Schema> {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw refused(cursor);
  }
  if (!v.is(schema, parts)) throw refused(cursor);
  return parts;
}
