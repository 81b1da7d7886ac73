import { durationOf, type Segment } from "../../media/hls/segment.ts";
import type { State } from "../../service-model/state.ts";
import type { IvsEvent } from "../live/ivs-event.ts";
import type { IvsRows } from "../state.ts";
import { metadataFile } from "./documents.ts";
import { describeFailure, endInFailure, endRecording, putPlaylists } from "./ending.ts";
import { recordingEvent } from "./events.ts";
import { mediaFileName, PATHS, thumbnailPath } from "./layout.ts";
import { bytesOfFile, createCollector, type WholeFile } from "./media-file.ts";
import type { ObjectStore } from "./object-store.ts";
import type { OpenRecording } from "./open-recording.ts";
import { createPut } from "./put.ts";
import { folderOf } from "./rendition.ts";
import { type Thumbnailer, thumbnailSchedule } from "./thumbnails.ts";
import { createWorkQueue } from "./work-queue.ts";

export interface RecordingOptions {
  readonly objects: ObjectStore;
  readonly thumbnailer: Thumbnailer;
  readonly emit: (event: IvsEvent) => void;
  readonly state: () => State<IvsRows>;
  readonly now: () => number;
  readonly report: (line: string) => void;
}

/** One recording, of one stream or of several that are merged. */
export interface Recording {
  readonly recorded: OpenRecording;
  /** It takes in nothing more; its failure is told, or about to be. */
  readonly hasFailed: boolean;
  add(segment: Segment): void;
  /** The stream is over: what has been gathered is put. */
  flush(): void;
  /** What follows is of another stream. */
  goOn(streamId: string): void;
  /** Settles when everything is put, and the end is told; never rejects. */
  close(): Promise<void>;
}

/** What may wait for the bucket, in bytes: a minute at the highest bit rate that IVS takes in. */
const MOST_WAITING = 64 * 1024 * 1024;

/** Playlists are put after each of so many first files, then after each so many: a minute, as they grow long. */
const PLAYLISTS_EVERY = 6;

/**
 * Begins a recording. Everything is put in order, one object at a time; the recording has begun when its first file and
 * its metadata stand in the bucket.
 */
export const beginRecording = (options: RecordingOptions, opening: OpenRecording): Recording => {
  const { objects, thumbnailer, emit, state, now, report } = options;
  const { accountId, region } = opening.channel;
  const rows = () => state().in(accountId, region).recordings;
  const queue = createWorkQueue({ mostBytes: MOST_WAITING, onBroken: (error) => fail(error) });
  const put = createPut({ objects, recording: opening, mayRetry: () => !queue.isBroken });
  const ending = { put, now, emit, report };
  const collector = createCollector();
  const isThumbnailDue = thumbnailSchedule(opening.thumbnails);
  const { storage = ["SEQUENTIAL"] } = opening.thumbnails;
  const thumbnails = new Set<Promise<void>>();
  let recorded = opening;
  let hasBegun = false;
  let isDiscontinuous = false;
  /** Of the segments so far, in milliseconds. */
  let mediaTime = 0;
  let thumbnailCount = 0;
  let closing: Promise<void> | undefined;

  const remember = (changes: Partial<OpenRecording>) => {
    recorded = { ...recorded, ...changes };
    if (hasBegun) rows().put(recorded.sessionId, recorded);
  };

  const begin = async () => {
    await put(PATHS.started, metadataFile(recorded));
    hasBegun = true;
    remember({});
    emit(recordingEvent(recorded, "Recording Start", now()));
  };

  const fail = async (error: unknown) => {
    if (hasBegun) await endInFailure(recorded, error, ending);
    else {
      report(describeFailure(recorded, error));
      emit(recordingEvent(recorded, "Recording Start Failure", now()));
    }
    rows().delete(recorded.sessionId);
  };

  const putFile = (whole: WholeFile | undefined) => {
    if (whole === undefined) return;
    const { file, chunks } = whole;
    queue.add(bytesOfFile(file), async () => {
      const name = mediaFileName(recorded.files.length);
      await put(`${PATHS.hls}/${folderOf(recorded.rendition)}/${name}`, Buffer.concat(chunks));
      remember({ files: [...recorded.files, file] });
      if (!hasBegun) await begin();
      const count = recorded.files.length;
      if (count <= PLAYLISTS_EVERY || count % PLAYLISTS_EVERY === 0) await putPlaylists(put, recorded, false);
    });
  };

  const putThumbnail = (jpeg: Buffer) =>
    queue.add(jpeg.length, async () => {
      if (storage.includes("SEQUENTIAL")) await put(thumbnailPath(thumbnailCount++), jpeg);
      if (storage.includes("LATEST")) await put(PATHS.latestThumbnail, jpeg);
    });

  const addThumbnail = (segment: Segment) => {
    const isIndependent = segment.parts[0]?.independent;
    if (!isIndependent || !isThumbnailDue(mediaTime)) return;
    const made = thumbnailer(Buffer.concat(segment.parts.map(({ data }) => data))).then((jpeg) => {
      thumbnails.delete(made);
      if (jpeg) putThumbnail(jpeg);
    });
    thumbnails.add(made);
  };

  const addMedia = (segment: Segment) => {
    // What came before it in the live stream is not in this recording.
    const isFirst = mediaTime === 0;
    putFile(collector.add(segment, !isFirst && (segment.discontinuity || isDiscontinuous)));
    isDiscontinuous = false;
    // So that it is known soon whether the bucket takes it.
    if (isFirst) putFile(collector.take());
  };

  const flush = () => putFile(collector.take());

  const close = async () => {
    flush();
    await Promise.all(thumbnails);
    queue.add(0, async () => {
      await endRecording(recorded, ending);
      rows().delete(recorded.sessionId);
    });
    await queue.settled();
  };

  if (!opening.hasMedia) queue.add(0, begin);

  return {
    get recorded() {
      return recorded;
    },
    get hasFailed() {
      return queue.isBroken;
    },
    add(segment) {
      if (queue.isBroken) return;
      if (opening.hasMedia) addMedia(segment);
      addThumbnail(segment);
      mediaTime += Math.round(durationOf(segment) * 1_000);
    },
    flush,
    goOn(streamId) {
      isDiscontinuous = true;
      remember({ streamIds: [...recorded.streamIds, streamId] });
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
};
