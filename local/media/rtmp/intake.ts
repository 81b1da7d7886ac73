import type { AudioConfiguration } from "../flv/audio-configuration.ts";
import { parseAudioTag } from "../flv/audio-tag.ts";
import { createTimeline } from "../flv/timeline.ts";
import type { VideoConfiguration } from "../flv/video-configuration.ts";
import { cutNalUnits, isKeyframe, parseVideoTag } from "../flv/video-tag.ts";
import { IngestFailure } from "../ingest-failure.ts";
import type { Publication, StreamMetadata } from "../publication.ts";
import { readValues } from "./command.ts";
import { MESSAGE, type Message } from "./message.ts";

/** Reads the audio, video and data messages of one publication, and hands on what is in them. */
export interface Intake {
  /** @throws IngestFailure INGEST_CODEC or INGEST_MEDIA, and whatever the receiver throws */
  take(message: Message): void | Promise<void>;
}

const isPlain = (value: unknown): value is number | string | boolean =>
  ["number", "string", "boolean"].includes(typeof value);

/** What onMetaData says, alone or wrapped in @setDataFrame; undefined for other data. */
const readMetadata = (message: Message): StreamMetadata | undefined => {
  const values = readValues(message);
  const [name, described] = values[0] === "@setDataFrame" ? values.slice(1) : values;
  if (name !== "onMetaData" || typeof described !== "object" || described === null) return undefined;
  return Object.fromEntries(
    Object.entries(described).flatMap(([key, value]) => (isPlain(value) ? [[key, value] as const] : [])),
  );
};

/** Frames before their configuration are left out: nobody could decode them. So are messages without content. */
export const createIntake = (publication: Publication): Intake => {
  const timeline = createTimeline();
  let video: VideoConfiguration | undefined;
  let audio: AudioConfiguration | undefined;

  const takeVideo = ({ body, timestamp }: Message): void | Promise<void> => {
    const tag = parseVideoTag(body);
    if (tag.kind === "nothing") return;
    if (tag.kind === "configuration") {
      if (video?.record.equals(tag.configuration.record)) return;
      video = tag.configuration;
      return publication.media({ kind: "video-configuration", configuration: video });
    }
    if (video === undefined) return;
    const nalUnits = cutNalUnits(tag.data, video.lengthSize);
    if (nalUnits.length === 0) return;
    const dts = timeline.place("video", timestamp);
    const keyframe = isKeyframe(nalUnits);
    return publication.media({ kind: "video", dts, pts: dts + tag.compositionTime, keyframe, nalUnits });
  };

  const takeAudio = ({ body, timestamp }: Message): void | Promise<void> => {
    const tag = parseAudioTag(body);
    if (tag.kind === "nothing") return;
    if (tag.kind === "configuration") {
      if (audio?.record.equals(tag.configuration.record)) return;
      audio = tag.configuration;
      return publication.media({ kind: "audio-configuration", configuration: audio });
    }
    if (audio === undefined) return;
    const dts = timeline.place("audio", timestamp);
    return publication.media({ kind: "audio", dts, pts: dts, data: tag.data });
  };

  return {
    take: (message) => {
      if (message.type === MESSAGE.video) return takeVideo(message);
      if (message.type === MESSAGE.audio) return takeAudio(message);
      if (message.type === MESSAGE.aggregate) {
        throw new IngestFailure("INGEST_PROTOCOL", "aggregate messages are not taken");
      }
      const metadata = readMetadata(message);
      if (metadata) publication.metadata(metadata);
    },
  };
};
