import type { MediaUnit } from "../../media/access-unit.ts";
import type { VideoConfiguration } from "../../media/flv/video-configuration.ts";
import type { Segment } from "../../media/hls/segment.ts";
import type { StreamFormat } from "../../media/hls/segmenter.ts";
import { IngestFailure } from "../../media/ingest-failure.ts";
import type { Live, Origin } from "../../media/origin/origin.ts";
import type { EndReason, Publication } from "../../media/publication.ts";
import type { Encoder, Verdict } from "../../media/rtmp/session.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import type { Channel } from "../channel.ts";
import type { LiveStream } from "../live-streams.ts";
import type { StreamRecording } from "../recording/recorder.ts";
import type { Announcer, Subject } from "./announce.ts";
import { type Broadcast, createObserver, type Observer } from "./broadcast.ts";
import { healthOf, ingestBreaches } from "./health.ts";
import type { StreamSessions } from "./stream-sessions.ts";
import { isSameMedia, mayTakeOver, NO_PRIORITY, priorityOf } from "./takeover.ts";

export interface ChannelOnAirOptions {
  readonly channelArn: string;
  /** The channel as it is now; undefined once it was deleted. */
  readonly channel: () => Channel | undefined;
  /** The channel as a session shows it. */
  readonly showChannel: () => Shapes["Channel"];
  readonly origin: Pick<Origin, "start" | "viewers">;
  readonly sessions: StreamSessions;
  readonly announce: Announcer;
  /** Has a stream recorded from its first segment on; undefined where the channel is not recorded. */
  readonly record: (streamId: string) => StreamRecording | undefined;
  /** For how long an encoder that was lost may come back: its viewers stay, and see a discontinuity instead of the end. */
  readonly comeBackMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
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
  /** Whether an encoder is connected that is not told to go. */
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
/** Ends that are nobody's fault here, so no failure of the stream. */
const ORDINARY: ReadonlySet<EndReason["code"]> = new Set([...FINAL, "INGEST_LOST", "INGEST_IDLE"]);

/** What is on air. */
interface OnAir {
  readonly broadcast: Broadcast;
  readonly observer: Observer;
}

export const createChannelOnAir = (options: ChannelOnAirOptions): ChannelOnAir => {
  const { channelArn, channel, origin, sessions, announce, now } = options;
  let live: Live | undefined;
  let current: OnAir | undefined;
  let waiting: NodeJS.Timeout | undefined;

  const subjectOf = ({ streamId }: Pick<Broadcast, "streamId">): Subject => ({
    channelArn,
    channelName: channel()?.name ?? "",
    streamId,
  });

  const endLive = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    live?.end();
    live = undefined;
  };

  const goLive = ({ broadcast, observer }: OnAir): void => {
    broadcast.live = true;
    const ingestConfiguration = observer.ingestConfiguration();
    const { video, audio } = ingestConfiguration;
    const ingestConfigurations = {
      videoConfigurations: video ? [video] : [],
      audioConfigurations: audio ? [audio] : [],
    };
    sessions.update(channelArn, broadcast.streamId, { ingestConfiguration, ingestConfigurations });
    announce.state(subjectOf(broadcast), "Stream Start");
  };

  const onSegment = (segment: Segment, format: StreamFormat): void => {
    if (current === undefined) return;
    if (!current.broadcast.live) goLive(current);
    current.broadcast.recording?.segment(segment, format);
  };

  const openLive = (): Live => {
    clearTimeout(waiting);
    waiting = undefined;
    live ??= origin.start(channelArn, { onSegment });
    return live;
  };

  const finish = ({ broadcast }: OnAir, reason: EndReason): void => {
    const subject = subjectOf(broadcast);
    if (!ORDINARY.has(reason.code)) {
      announce.state(subject, "Stream Failure", { reason: reason.message, code: reason.code });
    }
    announce.state(subject, "Session Ended");
    if (broadcast.live) announce.state(subject, "Stream End");
    sessions.update(channelArn, broadcast.streamId, { endTime: new Date(now()).toISOString() });
    broadcast.recording?.end();
  };

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
      finish(onAir, reason);
      if (FINAL.has(reason.code) || !onAir.broadcast.live) return endLive();
      waiting = setTimeout(endLive, options.comeBackMilliseconds).unref();
    },
  });

  const begin = (encoder: Encoder): Publication => {
    const startTime = now();
    const streamId = sessions.begin(channelArn, options.showChannel(), startTime);
    const broadcast: Broadcast = {
      streamId,
      startTime,
      live: false,
      health: "UNKNOWN",
      breached: new Set(),
      // Now, and not with the first segment: a recording that waits for this stream may not wait that long.
      recording: options.record(streamId),
      priority: priorityOf(encoder.query),
      disconnect: encoder.disconnect,
    };
    current = { broadcast, observer: createObserver(options.monotonic) };
    announce.state(subjectOf(broadcast), "Session Created");
    return publicationOf(current, openLive());
  };

  /**
   * The stream goes on with another encoder's pictures, once it is known that they are of the same kind. Until then the
   * one on air stays there.
   */
  const takeOver = (encoder: Encoder, priority: number): Publication => {
    const observer = createObserver(options.monotonic);
    const early: MediaUnit[] = [];
    let publication: Publication | undefined;

    const replace = (replaced: OnAir, output: Live): Publication => {
      const { broadcast } = replaced;
      const former = broadcast.disconnect;
      const onAir = { broadcast, observer };
      current = onAir;
      broadcast.priority = priority;
      broadcast.disconnect = encoder.disconnect;
      former("another encoder has taken the stream over");
      output.interrupt();
      announce.state(subjectOf(broadcast), "Stream Takeover");
      return publicationOf(onAir, output);
    };

    const decide = ({ width, height, ...video }: VideoConfiguration): Publication => {
      if (current === undefined || live === undefined) {
        throw new IngestFailure("INGEST_REFUSED", "the stream to take over has ended; send again");
      }
      const { format } = live;
      if (format === undefined || isSameMedia(format.video, { width, height, ...video })) return replace(current, live);
      announce.state(subjectOf(current.broadcast), "Stream Takeover Failure", { code: "StreamTakeoverMediaMismatch" });
      const onAir = `a stream of ${format.video.width}x${format.video.height} is on air`;
      throw new IngestFailure("INGEST_REFUSED", `${onAir}; one of ${width}x${height} cannot take it over`);
    };

    return {
      metadata: observer.metadata,
      media: (unit) => {
        if (publication !== undefined) return publication.media(unit);
        early.push(unit);
        if (unit.kind !== "video-configuration") return undefined;
        publication = decide(unit.configuration);
        for (const one of early.splice(0)) publication.media(one);
        return undefined;
      },
      end: (reason) => publication?.end(reason),
    };
  };

  const admit = (encoder: Encoder): Verdict => {
    if (current === undefined) return { accepted: begin(encoder) };
    const priority = priorityOf(encoder.query);
    if (mayTakeOver(priority, current.broadcast.priority)) return { accepted: takeOver(encoder, priority) };
    if (priority === NO_PRIORITY && !encoder.query.has("priority")) {
      return {
        refused: "this channel is live already; end that stream, or take it over with ?priority=1 behind the key",
      };
    }
    announce.state(subjectOf(current.broadcast), "Stream Takeover Failure", { code: "StreamTakeoverInvalidPriority" });
    const rule = `the stream on air has priority ${current.broadcast.priority}; a higher one, up to 2147483647, takes it over`;
    return { refused: `${rule}; got ${encoder.query.get("priority")}` };
  };

  const lookAt = ({ broadcast, observer }: OnAir): void => {
    const measured = observer.measure();
    const health = healthOf(measured);
    const subject = subjectOf(broadcast);
    if (health === "STARVING" && broadcast.health !== "STARVING") announce.health(subject, "Starvation Start");
    if (health === "HEALTHY" && broadcast.health === "STARVING") announce.health(subject, "Starvation End");
    broadcast.health = health;
    const breaches = ingestBreaches(channel()?.type ?? "STANDARD", measured, observer.video);
    for (const breach of breaches) if (!broadcast.breached.has(breach.limit_name)) announce.limit(subject, breach);
    broadcast.breached.clear();
    for (const { limit_name } of breaches) broadcast.breached.add(limit_name);
  };

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
      return current !== undefined || waiting !== undefined;
    },
    get broadcasting() {
      return current !== undefined;
    },
    stop: (message) => current?.broadcast.disconnect(message),
    putMetadata: (text) => live?.metadata(text),
    look: () => {
      const onAir = onAirNow();
      if (onAir !== undefined) lookAt(onAir);
    },
    measure: () => onAirNow()?.observer.measure(),
    close: endLive,
  };
};
