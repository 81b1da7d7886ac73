import type { IvsEvent } from "../live/ivs-event.ts";
import { durationOfRecording, type OpenRecording } from "./open-recording.ts";

export type RecordingStatus = "Recording Start" | "Recording End" | "Recording Start Failure" | "Recording End Failure";

/** As in the examples of the user guide; what else the service says there is unverified. */
export const REASONS: Readonly<Record<RecordingStatus, string>> = {
  "Recording Start": "",
  "Recording End": "",
  "Recording Start Failure": "ValidationException",
  "Recording End Failure": "InternalServerException",
};

/** What EventBridge is told of a recording; `stream_id` is its newest stream. */
export const recordingEvent = (recording: OpenRecording, status: RecordingStatus, time: number): IvsEvent => {
  const { channel, bucketName, prefix, sessionId, streamIds } = recording;
  return {
    accountId: channel.accountId,
    region: channel.region,
    detailType: "IVS Recording State Change",
    resources: [channel.arn],
    detail: {
      channel_name: channel.name,
      stream_id: streamIds.at(-1) ?? "",
      recording_status: status,
      recording_status_reason: REASONS[status],
      recording_s3_bucket_name: bucketName,
      recording_s3_key_prefix: status === "Recording Start Failure" ? "" : prefix,
      recording_duration_ms: status === "Recording Start" ? 0 : durationOfRecording(recording),
      recording_session_id: sessionId,
      recording_session_stream_ids: streamIds,
    },
    time,
  };
};
