import { bytesOf, durationOf, type Segment } from "../../media/hls/segment.ts";
import type { StreamFormat } from "../../media/hls/segmenter.ts";

/** What is recorded of a stream: the encoder's own quality, the only one there is. */
export interface Rendition {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second: what the stream says, else what was counted, as a whole number. */
  readonly frameRate: number;
  /** As RFC 6381 writes them, the picture's first. */
  readonly codecs: string;
  /** Of its first segment. */
  readonly bitsPerSecond: number;
}

/** The rendition of a stream, by its first segment: the service, too, names a recording by what it received first. */
export const renditionOf = (first: Segment, { video, audio, frameRate = 0 }: StreamFormat): Rendition => ({
  width: video.width,
  height: video.height,
  frameRate: video.frameRate ?? Math.round(frameRate),
  codecs: [video.codec, ...(audio ? [audio.codec] : [])].join(","),
  bitsPerSecond: Math.round((bytesOf(first) * 8) / durationOf(first)),
});

/** The folder of a rendition, as in the user guide: `720p60`. */
export const folderOf = ({ height, frameRate }: Rendition): string => `${height}p${Math.round(frameRate)}`;
