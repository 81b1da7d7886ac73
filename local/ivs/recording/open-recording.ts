import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import { durationOfFile, type MediaFile } from "./media-file.ts";
import type { RecordedChannel } from "./recorder.ts";
import type { Rendition } from "./rendition.ts";

/** A recording that has begun and not ended: all that is needed to close it, even by another process. */
export interface OpenRecording {
  /** Tells recordings apart, in events. */
  readonly sessionId: string;
  readonly channel: RecordedChannel;
  readonly configurationArn: string;
  readonly bucketName: string;
  /** Without a slash at the end. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Of the streams that were merged, in order; at least one. */
  readonly streamIds: readonly string[];
  /** Of the first stream. */
  readonly rendition: Rendition;
  /** False where the configuration selects no rendition: then there are thumbnails and metadata only. */
  readonly hasMedia: boolean;
  readonly thumbnails: Shapes["ThumbnailConfiguration"];
  /** What stands in the bucket. */
  readonly files: readonly MediaFile[];
}

/** Milliseconds of media in the bucket. */
export const durationOfRecording = ({ files }: OpenRecording): number =>
  files.reduce((sum, file) => sum + durationOfFile(file), 0);
