import type { MediaUnit } from "../../media/access-unit.ts";
import type { VideoConfiguration } from "../../media/flv/video-configuration.ts";
import type { Publication } from "../../media/publication.ts";

export interface ChallengerOptions {
  readonly metadata: Publication["metadata"];
  /** Gives where its units go from now on, once its picture is known. What it throws ends the encoder's connection. */
  readonly decide: (video: VideoConfiguration) => Publication;
}

/**
 * What an encoder sends that wants to take a stream over. Until it is known what its picture is, the encoder on air stays
 * there, and of this one nothing but configurations is kept: a stream goes on with a picture anyway.
 */
export const createChallenger = ({ metadata, decide }: ChallengerOptions): Publication => {
  let publication: Publication | undefined;
  let audio: MediaUnit | undefined;
  return {
    metadata,
    media: (unit) => {
      if (publication !== undefined) return publication.media(unit);
      if (unit.kind === "audio-configuration") audio = unit;
      if (unit.kind !== "video-configuration") return undefined;
      publication = decide(unit.configuration);
      publication.media(unit);
      return audio && publication.media(audio);
    },
    end: (reason) => publication?.end(reason),
  };
};
