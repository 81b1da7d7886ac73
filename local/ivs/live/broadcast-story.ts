import type { EndReason } from "../../media/publication.ts";
import type { Encoder } from "../../media/rtmp/session.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import type { Channel } from "../channel.ts";
import type { StreamRecording } from "../recording/recorder.ts";
import type { Announcer, Subject } from "./announce.ts";
import type { Broadcast, Observer } from "./broadcast.ts";
import type { StreamSessions } from "./stream-sessions.ts";
import { priorityOf } from "./takeover.ts";

export interface BroadcastStoryOptions {
  readonly channelArn: string;
  /** The channel as it is now; undefined once it was deleted. */
  readonly channel: () => Channel | undefined;
  /** The channel as a session shows it. */
  readonly showChannel: () => Shapes["Channel"];
  readonly sessions: StreamSessions;
  readonly announce: Pick<Announcer, "state">;
  /** Has a stream recorded from its first segment on; undefined where the channel is not recorded. */
  readonly record: (streamId: string) => StreamRecording | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What is told and kept of a channel's broadcasts: in events, in sessions, in recordings. */
export interface BroadcastStory {
  subjectOf(broadcast: Broadcast): Subject;
  begin(encoder: Encoder): Broadcast;
  /** Viewers can have it from now on. */
  goLive(broadcast: Broadcast, observer: Pick<Observer, "ingestConfiguration">): void;
  end(broadcast: Broadcast, reason: EndReason): void;
}

/** Ends that are nobody's fault here, so no failure of the stream. */
const ORDINARY: ReadonlySet<EndReason["code"]> = new Set([
  "INGEST_UNPUBLISHED",
  "INGEST_DISCONNECTED",
  "INGEST_CLOSED",
  "INGEST_LOST",
  "INGEST_IDLE",
]);

export const createBroadcastStory = (options: BroadcastStoryOptions): BroadcastStory => {
  const { channelArn, channel, showChannel, sessions, announce, record, now } = options;

  const subjectOf = ({ streamId }: Broadcast): Subject => ({
    channelArn,
    channelName: channel()?.name ?? "",
    streamId,
  });

  return {
    subjectOf,
    begin: ({ query, disconnect }) => {
      const startTime = now();
      const streamId = sessions.begin(channelArn, showChannel(), startTime);
      const broadcast: Broadcast = {
        ...{ streamId, startTime, live: false, health: "UNKNOWN", breached: new Set(), disconnect },
        // Now, and not with the first segment: a recording that waits for this stream may not wait that long.
        recording: record(streamId),
        priority: priorityOf(query),
      };
      announce.state(subjectOf(broadcast), "Session Created");
      return broadcast;
    },
    goLive: (broadcast, observer) => {
      broadcast.live = true;
      const ingestConfiguration = observer.ingestConfiguration();
      const { video, audio } = ingestConfiguration;
      const ingestConfigurations = {
        videoConfigurations: video ? [video] : [],
        audioConfigurations: audio ? [audio] : [],
      };
      sessions.update(channelArn, broadcast.streamId, { ingestConfiguration, ingestConfigurations });
      announce.state(subjectOf(broadcast), "Stream Start");
    },
    end: (broadcast, { code, message }) => {
      const subject = subjectOf(broadcast);
      if (!ORDINARY.has(code)) announce.state(subject, "Stream Failure", { reason: message, code });
      announce.state(subject, "Session Ended");
      if (broadcast.live) announce.state(subject, "Stream End");
      sessions.update(channelArn, broadcast.streamId, { endTime: new Date(now()).toISOString() });
      broadcast.recording?.end();
    },
  };
};
