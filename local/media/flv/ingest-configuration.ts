import type { StreamMetadata } from "../publication.ts";
import type { AudioConfiguration } from "./audio-configuration.ts";
import { profileName } from "./codec-names.ts";
import type { VideoConfiguration } from "./video-configuration.ts";

/** What a stream session tells of its encoder: the IngestConfiguration of the Amazon IVS API. Rates are in bits and frames per second. */
export interface IngestConfiguration {
  readonly video?: {
    readonly avcProfile: string;
    readonly avcLevel: string;
    readonly codec: string;
    readonly encoder: string;
    readonly targetBitrate: number;
    readonly targetFramerate: number;
    readonly videoHeight: number;
    readonly videoWidth: number;
  };
  readonly audio?: {
    readonly codec: string;
    readonly targetBitrate: number;
    readonly sampleRate: number;
    readonly channels: number;
  };
}

/** `videodatarate` and `audiodatarate` come in kilobits. */
const rate = (value: unknown): number =>
  typeof value === "number" && value > 0 && value < 1e9 ? Math.trunc(value * 1000) : 0;

/** What is not told is 0 or the empty text. */
export const toIngestConfiguration = (
  metadata: StreamMetadata,
  video: VideoConfiguration | undefined,
  audio: AudioConfiguration | undefined,
): IngestConfiguration => {
  const told = Number(metadata.framerate);
  const frameRate = told > 0 && told < 1000 ? told : (video?.frameRate ?? 0);
  return {
    ...(video && {
      video: {
        avcProfile: profileName(video.profile),
        avcLevel: (video.level / 10).toString(),
        codec: video.codec,
        encoder: typeof metadata.encoder === "string" ? metadata.encoder.slice(0, 256) : "",
        targetBitrate: rate(metadata.videodatarate),
        targetFramerate: Math.round(frameRate),
        videoHeight: video.height,
        videoWidth: video.width,
      },
    }),
    ...(audio && {
      audio: {
        codec: audio.codec,
        targetBitrate: rate(metadata.audiodatarate),
        sampleRate: audio.sampleRate,
        channels: audio.channels,
      },
    }),
  };
};
