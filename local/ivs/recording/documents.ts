import { PATHS } from "./layout.ts";
import { durationOfRecording, type OpenRecording } from "./open-recording.ts";
import { folderOf } from "./rendition.ts";

/** How a recording ended. */
export interface Ending {
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  /** Why it failed; undefined where it did not. */
  readonly failure?: string | undefined;
}

/** RFC 3339 with whole seconds, as in the user guide. */
const timestamp = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const PLAYLISTS = { playlist: PATHS.playlist, byte_range_playlist: PATHS.byteRangePlaylist };
const MASTERS = { playlist: PATHS.master, byte_range_playlist: PATHS.byteRangeMaster };

/** Each path is relative to the one above it. What is written where no rendition is selected is unverified. */
const mediaOf = (recording: OpenRecording, ended: boolean) => {
  const { rendition, thumbnails, hasMedia } = recording;
  const resolution = { resolution_height: rendition.height, resolution_width: rendition.width };
  const storage = thumbnails.recordingMode === "INTERVAL" ? (thumbnails.storage ?? ["SEQUENTIAL"]) : [];
  return {
    hls: {
      ...(ended && { duration_ms: durationOfRecording(recording) }),
      path: PATHS.hls,
      ...MASTERS,
      renditions: hasMedia ? [{ path: folderOf(rendition), ...PLAYLISTS, ...resolution }] : [],
    },
    ...(storage.includes("SEQUENTIAL") && { thumbnails: { path: PATHS.thumbnails, ...resolution } }),
    ...(storage.includes("LATEST") && { latest_thumbnail: { path: PATHS.latestThumbnail, ...resolution } }),
  };
};

const statusOf = (ending: Ending | undefined): string => {
  if (ending === undefined) return "RECORDING_STARTED";
  return ending.failure === undefined ? "RECORDING_ENDED" : "RECORDING_ENDED_WITH_FAILURE";
};

/** The metadata file of a recording: as it starts, or with its end (user guide, JSON Metadata Files). */
export const metadataFile = (recording: OpenRecording, ending?: Ending): string =>
  JSON.stringify(
    {
      version: "v1",
      channel_arn: recording.channel.arn,
      ...(ending && { recording_ended_at: timestamp(ending.endedAt) }),
      recording_started_at: timestamp(recording.startedAt),
      recording_status: statusOf(ending),
      recording_status_message: ending?.failure,
      media: mediaOf(recording, ending !== undefined),
    },
    undefined,
    2,
  );
