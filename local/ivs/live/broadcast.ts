import type { MediaUnit } from "../../media/access-unit.ts";
import type { AudioConfiguration } from "../../media/flv/audio-configuration.ts";
import { type IngestConfiguration, toIngestConfiguration } from "../../media/flv/ingest-configuration.ts";
import { createMeter, type Measurement } from "../../media/flv/meter.ts";
import type { VideoConfiguration } from "../../media/flv/video-configuration.ts";
import type { StreamMetadata } from "../../media/publication.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import type { StreamRecording } from "../recording/recorder.ts";
import type { LimitBreach } from "./health.ts";

/** One encoder's stream on a channel, from the accepted stream key to its end. */
export interface Broadcast {
  readonly streamId: string;
  /** When the encoder was accepted, in milliseconds since 1970. */
  readonly startTime: number;
  /** Whether viewers can have it: from the first segment on. */
  live: boolean;
  health: Shapes["StreamHealth"];
  readonly recording: StreamRecording | undefined;
  /** Limits that it is above at the moment. */
  readonly breached: Set<LimitBreach["limit_name"]>;
  priority: number;
  /** Ends the encoder's connection. */
  disconnect: (message: string) => void;
}

/** Watches what an encoder sends, to be able to describe it. */
export interface Observer {
  metadata(values: StreamMetadata): void;
  observe(unit: MediaUnit): void;
  measure(): Measurement;
  readonly video: VideoConfiguration | undefined;
  ingestConfiguration(): IngestConfiguration;
}

/** @param monotonic milliseconds that never go backwards */
export const createObserver = (monotonic: () => number): Observer => {
  const meter = createMeter(monotonic);
  let metadata: StreamMetadata = {};
  let video: VideoConfiguration | undefined;
  let audio: AudioConfiguration | undefined;
  return {
    metadata: (values) => {
      metadata = values;
    },
    observe: (unit) => {
      if (unit.kind === "video-configuration") video = unit.configuration;
      else if (unit.kind === "audio-configuration") audio = unit.configuration;
      meter.observe(unit);
    },
    measure: meter.measure,
    get video() {
      return video;
    },
    ingestConfiguration: () => toIngestConfiguration(metadata, video, audio),
  };
};
