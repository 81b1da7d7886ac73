import { bytesOf, durationOf, type Segment } from "./segment.ts";
import type { StreamFormat } from "./segmenter.ts";

export interface MultivariantOptions {
  readonly format: StreamFormat;
  /** Whole segments, to measure the bit rate by; at least one. */
  readonly segments: readonly Segment[];
  /** Address of the media playlist, as it is to be written. */
  readonly uri: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const bitsPerSecond = (segment: Segment): number => Math.ceil((bytesOf(segment) * 8) / durationOf(segment));

/** The name by which players offer a quality: the height, with the frame rate where it is unusual. */
const qualityName = (height: number, frameRate: number): string =>
  `${height}p${frameRate > 35 ? Math.round(frameRate) : ""}`;

/**
 * The multivariant playlist of a stream with one rendition, the encoder's own. The two SESSION-DATA tell the official
 * player that the media playlist names its segment in progress; which of them it goes by is unverified.
 */
export const multivariantPlaylist = ({ format, segments, uri, now }: MultivariantOptions): string => {
  const { video, audio, frameRate = 0 } = format;
  const rates = segments.map(bitsPerSecond);
  const average = Math.ceil(rates.reduce((sum, rate) => sum + rate, 0) / rates.length);
  const name = qualityName(video.height, frameRate);
  const codecs = [video.codec, audio?.codec].filter((codec) => codec !== undefined).join(",");
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:9",
    `#EXT-X-SESSION-DATA:DATA-ID="SERVER-TIME",VALUE="${(now / 1_000).toFixed(2)}"`,
    '#EXT-X-SESSION-DATA:DATA-ID="FUTURE",VALUE="true"',
    `#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="${name}",NAME="${name}",AUTOSELECT=YES,DEFAULT=YES`,
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.max(...rates)},AVERAGE-BANDWIDTH=${average},` +
      `RESOLUTION=${video.width}x${video.height},CODECS="${codecs}",VIDEO="${name}",FRAME-RATE=${frameRate.toFixed(3)}`,
    uri,
    "",
  ].join("\n");
};
