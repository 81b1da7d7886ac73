import type { Segment } from "../hls/segment.ts";

/** What a playlist must contain before it is sent (RFC 8216bis section 6.2.5.2). */
export interface ReloadWish {
  readonly sequence: number;
  /** Place of a part within that segment; undefined for the whole segment. */
  readonly part: number | undefined;
}

const NUMBER = /^\d{1,15}$/;
/** A player may not wish for more than this many segments beyond the last one listed. */
const FURTHEST = 2;

/**
 * Reads `_HLS_msn` and `_HLS_part`.
 * @returns undefined where the playlist is wanted as it is, "malformed" for what the standard refuses
 */
export const readReloadWish = (query: URLSearchParams): ReloadWish | undefined | "malformed" => {
  const sequence = query.get("_HLS_msn");
  const part = query.get("_HLS_part");
  if (sequence === null) return part === null ? undefined : "malformed";
  if (!NUMBER.test(sequence) || (part !== null && !NUMBER.test(part))) return "malformed";
  return { sequence: Number(sequence), part: part === null ? undefined : Number(part) };
};

export const isTooFar = ({ sequence }: ReloadWish, segments: readonly Segment[]): boolean =>
  sequence > (segments.at(-1)?.sequence ?? 0) + FURTHEST;

/** Whether the newest segments contain what is wished for. A part beyond a segment's last one means the next segment's first. */
export const isFulfilled = ({ sequence, part }: ReloadWish, segments: readonly Segment[]): boolean => {
  const laterParts = segments.some((segment) => segment.sequence > sequence && segment.parts.length > 0);
  const wished = segments.find((segment) => segment.sequence === sequence);
  if (wished === undefined) return laterParts;
  if (part === undefined) return wished.complete;
  return wished.parts.length > part || (wished.complete && laterParts);
};
