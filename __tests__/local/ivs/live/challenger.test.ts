import { expect, test } from "vitest";
import { createChallenger } from "#local/ivs/live/challenger.ts";
import type { MediaUnit } from "#local/media/access-unit.ts";
import { AUDIO, picture, sound, VIDEO } from "../../media/fixture/units.ts";

const video: MediaUnit = { kind: "video-configuration", configuration: VIDEO };
const audio: MediaUnit = { kind: "audio-configuration", configuration: AUDIO };

test("an encoder that sends sound alone is kept nothing of, and is heard from its picture on", () => {
  const heard: MediaUnit[] = [];
  const challenger = createChallenger({
    metadata: () => undefined,
    decide: () => ({ metadata: () => undefined, media: (unit) => void heard.push(unit), end: () => undefined }),
  });
  for (const unit of [audio, sound(0), sound(21), sound(42)]) challenger.media(unit);
  expect(heard).toEqual([]);
  for (const unit of [video, picture(60, true), sound(63)]) challenger.media(unit);
  expect(heard).toEqual([video, audio, picture(60, true), sound(63)]);
});
