import type { CreateChannelRequest } from "@aws-sdk/client-ivs";
import { onTestFinished } from "vitest";
import type { IvsEvent } from "#local/ivs/live/ivs-event.ts";
import { createLiveEngine, type LiveEngineOptions } from "#local/ivs/live/live-engine.ts";
import { createPlaybackAuthorize } from "#local/ivs/live/playback.ts";
import type { LiveStreams } from "#local/ivs/live-streams.ts";
import type { IvsOptions } from "#local/ivs/options.ts";
import type { StreamRecording } from "#local/ivs/recording/recorder.ts";
import type { MediaUnit } from "#local/media/access-unit.ts";
import type { Segment } from "#local/media/hls/segment.ts";
import { createOrigin } from "#local/media/origin/origin.ts";
import type { EndReason, Publication } from "#local/media/publication.ts";
import type { Encoder } from "#local/media/rtmp/session.ts";
import { configurations, pictures } from "../../media/fixture/units.ts";
import { startIvs, stoppedClock } from "../fixture.ts";

/** What a recorder was told of one stream. */
export interface Recorded extends StreamRecording {
  readonly channelName: string;
  readonly streamId: string;
  readonly segments: Segment[];
  ended: boolean;
}

/** An encoder of a test: it is in the process, and its time is the test's. */
export interface TestEncoder {
  readonly refused: string | undefined;
  /** What the server said when it disconnected it. */
  readonly told: string | undefined;
  /** Sends pictures and sound, the usual configurations first where these have none; time passes with it. */
  send(seconds: number, units?: readonly MediaUnit[]): void;
  end(code?: EndReason["code"], message?: string): void;
}

/** An IVS with its live engine, playback included, on a clock that stands still. */
export const startStudio = async (options: Partial<LiveEngineOptions> & Pick<IvsOptions, "rates"> = {}) => {
  const clock = stoppedClock();
  const events: IvsEvent[] = [];
  const recordings: Recorded[] = [];
  const state = () => studio.service.state;
  const origin = createOrigin({ authorize: createPlaybackAuthorize(state, clock.now), now: clock.now });
  const engine = createLiveEngine({
    ...{ state, origin, now: clock.now, monotonic: clock.now },
    emit: (event) => events.push(event),
    ingestEndpoint: () => "127.0.0.1",
    playbackUrl: ({ id }) => `http://127.0.0.1/${id}.m3u8`,
    insecureIngest: "everywhere",
    recorder: {
      start: ({ name }, _, streamId) => {
        const recorded: Recorded = {
          ...{ channelName: name, streamId, segments: [], ended: false },
          segment: (segment) => recorded.segments.push(segment),
          end: () => {
            recorded.ended = true;
          },
        };
        recordings.push(recorded);
        return recorded;
      },
    },
    ...options,
  });
  const { rates } = options;
  const liveStreams: LiveStreams = engine.liveStreams;
  const studio = await startIvs({ now: clock.now, liveStreams, ...(rates && { rates }) });
  onTestFinished(engine.stop);

  const keyOf = (channelArn: string) => {
    const [, , , region = "", accountId = ""] = channelArn.split(":");
    const key = state()
      .in(accountId, region)
      .streamKeys.all()
      .find((one) => one.channelArn === channelArn);
    return key?.value ?? "";
  };

  const connect = async (streamKey: string, { secure = true, query = "" } = {}): Promise<TestEncoder> => {
    let publication: Publication | undefined;
    let told: string | undefined;
    let sent = 0;
    const end: TestEncoder["end"] = (code = "INGEST_UNPUBLISHED", message = "the encoder ended the stream") => {
      const ended = publication;
      publication = undefined;
      ended?.end({ code, message });
    };
    const encoder: Encoder = {
      ...{ secure, remote: "127.0.0.1:50000", query: new URLSearchParams(query) },
      disconnect: (message) => {
        told = message;
        end("INGEST_DISCONNECTED", message);
      },
    };
    const verdict = await engine.authorize(streamKey, encoder);
    if ("accepted" in verdict) publication = verdict.accepted;
    return {
      refused: "refused" in verdict ? verdict.refused : undefined,
      get told() {
        return told;
      },
      send: (seconds, units = pictures({ from: sent * 1000, seconds })) => {
        const hasOwn = units.some(({ kind }) => kind === "video-configuration");
        for (const unit of [...(sent === 0 && !hasOwn ? configurations : []), ...units]) publication?.media(unit);
        sent += seconds;
        clock.advance(seconds * 1000);
      },
      end,
    };
  };

  return {
    ...studio,
    ...{ clock, engine, origin, events, recordings, connect, keyOf },
    /** The detail of each event so far, oldest first. */
    told: () => events.map(({ detail }) => detail.event_name ?? detail.limit_name),
    /** A channel that an encoder sends to. */
    broadcast: async (input: CreateChannelRequest = {}, seconds = 5) => {
      const channel = await studio.createChannel(input);
      const encoder = await connect(keyOf(channel.arn));
      encoder.send(seconds);
      return { channel, encoder };
    },
  };
};
