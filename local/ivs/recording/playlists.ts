import { mediaFileName } from "./layout.ts";
import { bytesOfFile, durationOfFile, FILE_SECONDS, type MediaFile } from "./media-file.ts";
import { folderOf, type Rendition } from "./rendition.ts";

/** One line of a media playlist, with what stands before it. */
interface Entry {
  readonly uri: string;
  readonly discontinuity: boolean;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly milliseconds: number;
  /** Part of the file, for playlists of byte ranges. */
  readonly range?: { readonly bytes: number; readonly offset: number };
}

const linesOf = ({ uri, discontinuity, startTime, milliseconds, range }: Entry): string[] => [
  ...(discontinuity ? ["#EXT-X-DISCONTINUITY"] : []),
  `#EXT-X-PROGRAM-DATE-TIME:${new Date(startTime).toISOString()}`,
  `#EXTINF:${(milliseconds / 1_000).toFixed(3)},`,
  ...(range ? [`#EXT-X-BYTERANGE:${range.bytes}@${range.offset}`] : []),
  uri,
];

/** The version is the one in which byte ranges came (RFC 8216 section 7). */
const VERSION = "#EXT-X-VERSION:4";

const mediaPlaylist = (entries: readonly Entry[], ended: boolean): string => {
  const longest = entries.reduce((most, { milliseconds }) => Math.max(most, Math.round(milliseconds / 1_000)), 0);
  return [
    "#EXTM3U",
    VERSION,
    `#EXT-X-TARGETDURATION:${Math.max(FILE_SECONDS, longest)}`,
    "#EXT-X-MEDIA-SEQUENCE:0",
    `#EXT-X-PLAYLIST-TYPE:${ended ? "VOD" : "EVENT"}`,
    ...entries.flatMap(linesOf),
    ...(ended ? ["#EXT-X-ENDLIST"] : []),
    "",
  ].join("\n");
};

const wholeFile = (file: MediaFile, index: number): Entry => ({
  uri: mediaFileName(index),
  discontinuity: file.discontinuity,
  startTime: file.startTime,
  milliseconds: durationOfFile(file),
});

const piecesOf = ({ startTime, discontinuity, pieces }: MediaFile, index: number): Entry[] => {
  const entries: Entry[] = [];
  let [offset, time] = [0, startTime];
  for (const [bytes, milliseconds] of pieces) {
    const isFirst = entries.length === 0;
    const range = { bytes, offset };
    entries.push({
      uri: mediaFileName(index),
      discontinuity: isFirst && discontinuity,
      startTime: time,
      milliseconds,
      range,
    });
    offset += bytes;
    time += milliseconds;
  }
  return entries;
};

/** The media playlist of a recording: an entry for each file. It may grow until it has ended. */
export const filePlaylist = (files: readonly MediaFile[], ended: boolean): string =>
  mediaPlaylist(files.map(wholeFile), ended);

/** The same with an entry for each keyframe's stretch of a file, so that a clip can be cut more finely. */
export const byteRangePlaylist = (files: readonly MediaFile[], ended: boolean): string =>
  mediaPlaylist(files.flatMap(piecesOf), ended);

/** Bits per second. */
const rateOf = (files: readonly MediaFile[]): number => {
  const bytes = files.reduce((sum, file) => sum + bytesOfFile(file), 0);
  const milliseconds = files.reduce((sum, file) => sum + durationOfFile(file), 0);
  return Math.ceil((bytes * 8 * 1_000) / milliseconds);
};

/** The multivariant playlist; its bit rates are those of the files that there are, at least one. */
export const masterPlaylist = (rendition: Rendition, files: readonly MediaFile[], playlist: string): string => {
  const { width, height, codecs, frameRate } = rendition;
  const peak = files.reduce((most, file) => Math.max(most, rateOf([file])), 0);
  const folder = folderOf(rendition);
  return [
    "#EXTM3U",
    VERSION,
    `#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="${folder}",NAME="${folder}",AUTOSELECT=YES,DEFAULT=YES`,
    `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${rateOf(files)},RESOLUTION=${width}x${height},` +
      `CODECS="${codecs}",VIDEO="${folder}",FRAME-RATE=${frameRate.toFixed(3)}`,
    `${folder}/${playlist}`,
    "",
  ].join("\n");
};
