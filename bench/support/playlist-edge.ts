/** The newest end of a low-latency playlist, as far as a player needs it to go on. */
export interface PlaylistEdge {
  /** What to ask for next: the segment in progress, and the place of its next part. */
  readonly sequence: number;
  readonly nextPart: number;
  /** Addresses of the listed parts, oldest first. */
  readonly parts: readonly string[];
  /** When the last picture of the newest whole segment was due, in milliseconds since 1970. */
  readonly due: number;
}

const PART = /^#EXT-X-PART:.*URI="([^"]+)"/;

const valueIn = (line: string): string => line.slice(line.indexOf(":") + 1);

export function readPlaylistEdge(playlist: string): PlaylistEdge {
  const parts: string[] = [];
  let sequence = 0;
  let nextPart = 0;
  let begins = Number.NaN;
  let due = Number.NaN;
  for (const line of playlist.split("\n")) {
    const part = PART.exec(line)?.[1];
    if (part !== undefined) {
      parts.push(part);
      nextPart += 1;
    } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) sequence = Number(valueIn(line));
    else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) begins = Date.parse(valueIn(line));
    else if (line.startsWith("#EXTINF:")) {
      due = begins + Number.parseFloat(valueIn(line)) * 1_000;
      sequence += 1;
      nextPart = 0;
    }
  }
  return { sequence, nextPart, parts, due };
}

/** The address on the last line of a multivariant playlist. */
export const lastAddress = (playlist: string): string => playlist.trim().split("\n").at(-1) ?? "";
