import type { Part, Segment } from "../../media/hls/segment.ts";

/** A stretch of a media file that begins with a keyframe. */
export type Piece = readonly [bytes: number, milliseconds: number];

/** A file of MPEG-TS as it stands in the bucket. */
export interface MediaFile {
  /** Wall-clock time of its first picture, in milliseconds since 1970. */
  readonly startTime: number;
  /** Whether it does not continue the one before. */
  readonly discontinuity: boolean;
  readonly pieces: readonly Piece[];
}

/** A file, and what is to be in it. */
export interface WholeFile {
  readonly file: MediaFile;
  readonly chunks: readonly Buffer[];
}

/** Gathers segments of a live stream to media files. */
export interface Collector {
  /** Gives the file that is whole before this segment, if there is one. */
  add(segment: Segment, discontinuity: boolean): WholeFile | undefined;
  /** Gives what has been gathered. */
  take(): WholeFile | undefined;
}

/** What a media file aims at (user guide, Byte-Range Playlists). */
export const FILE_SECONDS = 10;

export const durationOfFile = ({ pieces }: MediaFile): number =>
  pieces.reduce((sum, [, duration]) => sum + duration, 0);

export const bytesOfFile = ({ pieces }: MediaFile): number => pieces.reduce((sum, [bytes]) => sum + bytes, 0);

/** The parts, gathered from each keyframe to the next; what comes before the first keyframe is a piece, too. */
const piecesOf = (parts: readonly Part[]): Piece[] => {
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last === undefined || part.independent) groups.push([part]);
    else last.push(part);
  }
  return groups.map((group) => [
    group.reduce((sum, { data }) => sum + data.length, 0),
    Math.round(group.reduce((sum, { duration }) => sum + duration, 0) * 1_000),
  ]);
};

export const createCollector = (): Collector => {
  let gathered: WholeFile | undefined;

  const take = () => {
    const whole = gathered;
    gathered = undefined;
    return whole;
  };

  return {
    add({ startTime, parts }, discontinuity) {
      const pieces = piecesOf(parts);
      const next = { startTime, discontinuity, pieces };
      const seconds = (durationOfFile(next) + (gathered ? durationOfFile(gathered.file) : 0)) / 1_000;
      const whole = discontinuity || Math.round(seconds) > FILE_SECONDS ? take() : undefined;
      const { file, chunks } = gathered ?? { file: { ...next, pieces: [] }, chunks: [] };
      gathered = {
        file: { ...file, pieces: [...file.pieces, ...pieces] },
        chunks: [...chunks, ...parts.map(({ data }) => data)],
      };
      return whole;
    },
    take,
  };
};
