import type { Segment } from "../../media/hls/segment.ts";
import type { StreamFormat } from "../../media/hls/segmenter.ts";
import type { Place, State } from "../../service-model/state.ts";
import type { IvsEvent } from "../live/ivs-event.ts";
import type { RecordingConfiguration } from "../recording-configuration.ts";
import type { IvsRows } from "../state.ts";
import type { ObjectStore } from "./object-store.ts";

/** A channel whose streams are recorded. */
export interface RecordedChannel extends Place {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
}

/** One stream, as the recorder sees it. */
export interface StreamRecording {
  /** Takes in each whole segment, in order; neither waits nor throws. */
  segment(segment: Segment, format: StreamFormat): void;
  /** The stream is over; its recording goes on if one that may be merged with it begins within the reconnect window. */
  end(): void;
}

/** Records streams to S3 in the service's layout (user guide, Auto-Record to Amazon S3). */
export interface Recorder {
  /** Begins to record a stream, in a recording that waits for it or in one of its own. */
  start(channel: RecordedChannel, configuration: RecordingConfiguration, streamId: string): StreamRecording;
  /** After a restart: closes the recordings that an earlier process left open, with what has reached the bucket. */
  recover(): Promise<void>;
  /** Puts all that was received and closes every recording; no reconnect window is waited out. */
  stop(): Promise<void>;
}

export interface RecorderOptions {
  readonly objects: ObjectStore;
  /** Makes a JPEG of the first picture of MPEG-TS that begins with a keyframe. */
  readonly makeThumbnail: (segment: Buffer) => Promise<Buffer>;
  readonly emit: (event: IvsEvent) => void;
  /** What the control plane remembers; recordings that are open are kept there. */
  readonly state: () => State<IvsRows>;
  /** Milliseconds since 1970. @default the system's clock */
  readonly now?: () => number;
  /** Told in a line what went wrong. @default nobody */
  readonly report?: (line: string) => void;
}
