import type { VideoConfiguration } from "../../media/flv/video-configuration.ts";
import type { Segment } from "../../media/hls/segment.ts";
import type { StreamFormat } from "../../media/hls/segmenter.ts";
import { IngestFailure } from "../../media/ingest-failure.ts";
import type { Live, Origin } from "../../media/origin/origin.ts";
import type { EndReason, Publication } from "../../media/publication.ts";
import type { Encoder, Verdict } from "../../media/rtmp/session.ts";
import type { LiveStream } from "../live-streams.ts";
import type { Announcer } from "./announce.ts";
import { type Broadcast, createObserver, type Observer } from "./broadcast.ts";
import { type BroadcastStoryOptions, createBroadcastStory } from "./broadcast-story.ts";
import { createChallenger } from "./challenger.ts";
import { createHealthWatch } from "./health-watch.ts";
import { createProgramme } from "./programme.ts";
import { isSameMedia, mayTakeOver, priorityOf } from "./takeover.ts";

export interface ChannelOnAirOptions extends BroadcastStoryOptions {
  readonly origin: Pick<Origin, "start" | "viewers">;
  readonly announce: Announcer;
  /** For how long an encoder that was lost may come back, see {@link createProgramme}. */
  readonly comeBackMilliseconds: number;
  /** Milliseconds that never go backwards. */
  readonly monotonic: () => number;
}

/** One channel, from its first encoder on. */
export interface ChannelOnAir {
  /** Lets an encoder with the right key in, have it take over, or refuses it. */
  admit(encoder: Encoder): Verdict;
  /** What viewers can have; undefined while the channel is offline. */
  stream(): LiveStream | undefined;
  /** Whether an encoder is connected, or is waited for. */
  readonly busy: boolean;
  /** Whether an encoder is connected. */
  readonly broadcasting: boolean;
  stop(message: string): void;
  putMetadata(text: string): void;
  /** Looks at the health of what comes in. */
  look(): void;
  /** What comes in, for metrics; undefined while the channel is offline. */
  measure(): ReturnType<Observer["measure"]> | undefined;
  /** Ends at once what waits for an encoder to come back. */
  close(): void;
}

/** Ends after which nobody is waited for: somebody wanted them. */
const FINAL: ReadonlySet<EndReason["code"]> = new Set(["INGEST_UNPUBLISHED", "INGEST_DISCONNECTED", "INGEST_CLOSED"]);

/** What is on air. */
interface OnAir {
  readonly broadcast: Broadcast;
  readonly observer: Observer;
}

export const createChannelOnAir = (options: ChannelOnAirOptions): ChannelOnAir => {
  const { channelArn, channel, origin, announce, monotonic, comeBackMilliseconds } = options;
  const story = createBroadcastStory(options);
  let current: OnAir | undefined;

  const onSegment = (segment: Segment, format: StreamFormat): void => {
    if (current === undefined) return;
    const { broadcast, observer } = current;
    if (!broadcast.live) story.goLive(broadcast, observer);
    programme.shown();
    broadcast.recording?.segment(segment, format);
  };

  const programme = createProgramme({ start: () => origin.start(channelArn, { onSegment }), comeBackMilliseconds });

  /** What an encoder sends, once it is the one on air. */
  const publicationOf = (onAir: OnAir, output: Live): Publication => ({
    metadata: onAir.observer.metadata,
    media: (unit) => {
      onAir.observer.observe(unit);
      output.write(unit);
    },
    end: (reason) => {
      // Another encoder has taken the stream over.
      if (current !== onAir) return;
      output.interrupt();
      current = undefined;
      story.end(onAir.broadcast, reason);
      programme.pause(FINAL.has(reason.code));
    },
  });

  const begin = (encoder: Encoder): Publication => {
    current = { broadcast: story.begin(encoder), observer: createObserver(monotonic) };
    return publicationOf(current, programme.open());
  };

  /** Refuses, and tells so, an encoder whose priority is not above that of the one on air; undefined where it is. */
  const refuseByPriority = (priority: number, shown: string, { broadcast }: OnAir): string | undefined => {
    if (mayTakeOver(priority, broadcast.priority)) return undefined;
    announce.state(story.subjectOf(broadcast), "Stream Takeover Failure", { code: "StreamTakeoverInvalidPriority" });
    const rule = `the stream on air has priority ${broadcast.priority}; a higher one, up to 2147483647, takes it over`;
    return `${rule}; got ${shown}`;
  };

  /** The stream goes on with another encoder's pictures, once it is known that they are of the same kind. */
  const takeOver = (encoder: Encoder, priority: number): Publication => {
    const observer = createObserver(monotonic);

    const replace = ({ broadcast }: OnAir, output: Live): Publication => {
      const former = broadcast.disconnect;
      const onAir = { broadcast, observer };
      current = onAir;
      broadcast.priority = priority;
      broadcast.disconnect = encoder.disconnect;
      former("another encoder has taken the stream over");
      output.interrupt();
      announce.state(story.subjectOf(broadcast), "Stream Takeover");
      return publicationOf(onAir, output);
    };

    const decide = (video: VideoConfiguration): Publication => {
      const { live } = programme;
      if (current === undefined || live === undefined) {
        throw new IngestFailure("INGEST_REFUSED", "the stream to take over has ended; send again");
      }
      // Yet another encoder may have been quicker.
      const refused = refuseByPriority(priority, String(priority), current);
      if (refused !== undefined) throw new IngestFailure("INGEST_REFUSED", refused);
      const { format } = live;
      if (format === undefined || isSameMedia(format.video, video)) return replace(current, live);
      announce.state(story.subjectOf(current.broadcast), "Stream Takeover Failure", {
        code: "StreamTakeoverMediaMismatch",
      });
      const onAir = `a stream of ${format.video.width}x${format.video.height} is on air`;
      throw new IngestFailure("INGEST_REFUSED", `${onAir}; one of ${video.width}x${video.height} cannot take it over`);
    };

    return createChallenger({ metadata: observer.metadata, decide });
  };

  const admit = (encoder: Encoder): Verdict => {
    if (current === undefined) return { accepted: begin(encoder) };
    const given = encoder.query.get("priority");
    if (given === null) {
      return {
        refused: "this channel is live already; end that stream, or take it over with ?priority=1 behind the key",
      };
    }
    const priority = priorityOf(encoder.query);
    const refused = refuseByPriority(priority, given, current);
    return refused === undefined ? { accepted: takeOver(encoder, priority) } : { refused };
  };

  const lookAt = createHealthWatch({ announce, channelType: () => channel()?.type ?? "STANDARD" });

  const onAirNow = () => (current?.broadcast.live ? current : undefined);

  return {
    admit,
    stream: () => {
      const onAir = onAirNow();
      if (onAir === undefined) return undefined;
      const { streamId, startTime, health } = onAir.broadcast;
      return {
        channelArn,
        streamId,
        startTime: new Date(startTime).toISOString(),
        health: health === "UNKNOWN" ? "HEALTHY" : health,
        viewerCount: origin.viewers(channelArn),
      };
    },
    get busy() {
      return current !== undefined || programme.isWaiting;
    },
    get broadcasting() {
      return current !== undefined;
    },
    stop: (message) => current?.broadcast.disconnect(message),
    putMetadata: (text) => programme.live?.metadata(text),
    look: () => {
      const onAir = onAirNow();
      if (onAir !== undefined) lookAt(story.subjectOf(onAir.broadcast), onAir.broadcast, onAir.observer);
    },
    measure: () => onAirNow()?.observer.measure(),
    close: programme.end,
  };
};
