import type { RecordedChannel } from "./recorder.ts";

/** Names within a recording, all documented (user guide, Auto-Record to Amazon S3). */
export const PATHS = {
  started: "events/recording-started.json",
  ended: "events/recording-ended.json",
  failed: "events/recording-failed.json",
  hls: "media/hls",
  master: "master.m3u8",
  byteRangeMaster: "byte-range-multivariant.m3u8",
  playlist: "playlist.m3u8",
  byteRangePlaylist: "byte-range-variant.m3u8",
  thumbnails: "media/thumbnails",
  latestThumbnail: "media/latest_thumbnail/thumb.jpg",
} as const;

/** Where a recording lies in its bucket, without a slash at the end: by the minute of its start in UTC, nothing padded. */
export const prefixFor = ({ accountId, id }: RecordedChannel, startedAt: number, recordingId: string): string => {
  const time = new Date(startedAt);
  const date = [time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate()];
  return ["ivs/v1", accountId, id, ...date, time.getUTCHours(), time.getUTCMinutes(), recordingId].join("/");
};

/** The name of a media file in its rendition's folder; unverified. */
export const mediaFileName = (index: number): string => `${index}.ts`;

/** Where a thumbnail lies; the name is unverified, it is seen in public code. */
export const thumbnailPath = (index: number): string => `${PATHS.thumbnails}/thumb${index}.jpg`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  m3u8: "application/vnd.apple.mpegurl",
  ts: "video/mp2t",
  jpg: "image/jpeg",
};

export const contentTypeOf = (path: string): string =>
  CONTENT_TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
