import type { IvsEvent } from "../live/ivs-event.ts";
import { type Ending, metadataFile } from "./documents.ts";
import { REASONS, recordingEvent } from "./events.ts";
import { PATHS } from "./layout.ts";
import type { OpenRecording } from "./open-recording.ts";
import { byteRangePlaylist, filePlaylist, masterPlaylist } from "./playlists.ts";
import type { Put } from "./put.ts";
import { folderOf } from "./rendition.ts";

/** What a recording is ended with. */
export interface EndingOptions {
  readonly put: Put;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly emit: (event: IvsEvent) => void;
  readonly report: (line: string) => void;
}

/** The playlists of the rendition, and those that name it, where their bit rates are new. */
export const putPlaylists = async (put: Put, recording: OpenRecording, ended: boolean): Promise<void> => {
  const { files, rendition, hasMedia } = recording;
  if (!hasMedia || files.length === 0) return;
  const folder = `${PATHS.hls}/${folderOf(rendition)}`;
  await put(`${folder}/${PATHS.playlist}`, filePlaylist(files, ended));
  await put(`${folder}/${PATHS.byteRangePlaylist}`, byteRangePlaylist(files, ended));
  if (files.length > 1 && !ended) return;
  await put(`${PATHS.hls}/${PATHS.master}`, masterPlaylist(rendition, files, PATHS.playlist));
  await put(`${PATHS.hls}/${PATHS.byteRangeMaster}`, masterPlaylist(rendition, files, PATHS.byteRangePlaylist));
};

/** One line on a recording that went wrong. */
export const describeFailure = ({ channel, bucketName }: OpenRecording, error: unknown): string => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `The recording of ${channel.arn} to the bucket ${bucketName} failed: ${name}: ${message}`;
};

/** Ends a recording that has failed, as well as can be: what stands in the bucket can be played if that takes the playlists. */
export const endInFailure = async (recording: OpenRecording, error: unknown, options: EndingOptions): Promise<void> => {
  const { put, now, emit, report } = options;
  report(describeFailure(recording, error));
  const ending: Ending = { endedAt: now(), failure: REASONS["Recording End Failure"] };
  try {
    await put(PATHS.failed, metadataFile(recording, ending));
    await putPlaylists(put, recording, true);
  } catch {
    // Already told.
  }
  emit(recordingEvent(recording, "Recording End Failure", now()));
};

/** Ends a recording with what stands in the bucket; never rejects. */
export const endRecording = async (recording: OpenRecording, options: EndingOptions): Promise<void> => {
  const { put, now, emit } = options;
  try {
    await putPlaylists(put, recording, true);
    await put(PATHS.ended, metadataFile(recording, { endedAt: now() }));
  } catch (error) {
    return endInFailure(recording, error, options);
  }
  emit(recordingEvent(recording, "Recording End", now()));
};
