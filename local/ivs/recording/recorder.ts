import type { Segment } from "../../media/hls/segment.ts";
import type { StreamFormat } from "../../media/hls/segmenter.ts";
import { newId } from "../../service-model/identifiers.ts";
import { stateAt } from "../../service-model/settle.ts";
import type { Place, State } from "../../service-model/state.ts";
import type { IvsEvent } from "../live/ivs-event.ts";
import type { RecordingConfiguration } from "../recording-configuration.ts";
import type { IvsRows } from "../state.ts";
import { endRecording } from "./ending.ts";
import { recordingEvent } from "./events.ts";
import { prefixFor } from "./layout.ts";
import { mayMerge } from "./merge.ts";
import type { ObjectStore } from "./object-store.ts";
import type { OpenRecording } from "./open-recording.ts";
import { createPut } from "./put.ts";
import { createReconnectWindows } from "./reconnect-windows.ts";
import { beginRecording, type Recording } from "./recording.ts";
import { type Rendition, renditionOf } from "./rendition.ts";
import { createThumbnailer } from "./thumbnails.ts";

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

/** A stream that is to be recorded. */
interface Stream {
  readonly channel: RecordedChannel;
  readonly configuration: RecordingConfiguration;
  readonly id: string;
}

const openingOf = ({ channel, configuration, id }: Stream, rendition: Rendition, startedAt: number): OpenRecording => ({
  sessionId: newId(),
  channel,
  configurationArn: configuration.arn,
  bucketName: configuration.destinationConfiguration.s3?.bucketName ?? "",
  prefix: prefixFor(channel, startedAt, newId()),
  startedAt,
  streamIds: [id],
  rendition,
  // With one rendition, each selection but NONE comes to it: the best one is taken where a chosen one is not there.
  hasMedia: configuration.renditionConfiguration.renditionSelection !== "NONE",
  thumbnails: configuration.thumbnailConfiguration,
  files: [],
});

export const createRecorder = (options: RecorderOptions): Recorder => {
  const { objects, makeThumbnail, emit, state, now = Date.now, report = () => {} } = options;
  const thumbnailer = createThumbnailer(makeThumbnail, report);
  const recordingOptions = { objects, thumbnailer, emit, state, now, report };
  /** All that have not been closed. */
  const recordings = new Set<Recording>();
  let isStopped = false;

  const close = async (recording: Recording): Promise<void> => {
    await recording.close();
    recordings.delete(recording);
  };
  const windows = createReconnectWindows<Recording>(close);

  const begin = (stream: Stream, rendition: Rendition): Recording | undefined => {
    const opening = openingOf(stream, rendition, now());
    if (stateAt(stream.configuration.settling, now()) === "CREATE_FAILED") {
      emit(recordingEvent(opening, "Recording Start Failure", now()));
      return undefined;
    }
    const recording = beginRecording(recordingOptions, opening);
    recordings.add(recording);
    return recording;
  };

  /** The recording that has waited for this stream, or one of its own. */
  const find = (stream: Stream, rendition: Rendition): Recording | undefined => {
    const earlier = windows.take(stream.channel.arn);
    if (earlier === undefined) return begin(stream, rendition);
    const { recorded, hasFailed } = earlier;
    const isSameConfiguration = recorded.configurationArn === stream.configuration.arn;
    if (hasFailed || !isSameConfiguration || !mayMerge(recorded, rendition, now())) {
      void close(earlier);
      return begin(stream, rendition);
    }
    earlier.goOn(stream.id);
    return earlier;
  };

  /** The end of a stream in its recording. */
  const end = (recording: Recording, { channel, configuration }: Stream): void => {
    recording.flush();
    if (recording.hasFailed) void close(recording);
    else windows.wait(channel.arn, recording, configuration.recordingReconnectWindowSeconds);
  };

  const openRows = () =>
    state()
      .places()
      .flatMap(({ accountId, region }) => state().in(accountId, region).recordings.all());

  const closeRow = async (row: OpenRecording): Promise<void> => {
    await endRecording(row, { put: createPut({ objects, recording: row }), now, emit, report });
    const { accountId, region } = row.channel;
    state().in(accountId, region).recordings.delete(row.sessionId);
  };

  return {
    start(channel, configuration, id) {
      const stream = { channel, configuration, id };
      let recording: Recording | undefined;
      let isFirst = true;
      let isOver = false;
      windows.hold(channel.arn);
      return {
        segment(segment, format) {
          if (isOver || isStopped) return;
          if (isFirst) recording = find(stream, renditionOf(segment, format));
          isFirst = false;
          recording?.add(segment);
        },
        end() {
          if (isOver || isStopped) return;
          isOver = true;
          if (recording) end(recording, stream);
          else windows.release(channel.arn);
        },
      };
    },
    async recover() {
      const own = new Set([...recordings].map(({ recorded }) => recorded.sessionId));
      await Promise.all(
        openRows()
          .filter(({ sessionId }) => !own.has(sessionId))
          .map(closeRow),
      );
    },
    async stop() {
      isStopped = true;
      for (const { recorded } of recordings) windows.take(recorded.channel.arn);
      await Promise.all([...recordings].map(close));
    },
  };
};
