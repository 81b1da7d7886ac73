import type { Settings } from "./schema.ts";
import type { Problem } from "./settings-error.ts";

/** Rules that hold between settings, which no single value breaks. Paths are relative to the environment. */
export function relationProblems(settings: Settings): Problem[] {
  return [
    ...repeatedNames("channels", settings.channels),
    ...repeatedNames("playbackKeys", settings.playbackKeys),
    ...repeatedNames("recordingConfigurations", settings.recordingConfigurations),
    ...repeatedNames("loggingConfigurations", settings.loggingConfigurations),
    ...unmetNeeds(settings),
    ...contradictions(settings),
  ];
}

function repeatedNames(list: string, entries: readonly { readonly name: string }[]): Problem[] {
  return entries.flatMap(({ name }, index) => {
    const first = entries.findIndex((entry) => entry.name === name);
    return first === index
      ? []
      : [{ path: `${list}[${index}].name`, rule: `is the name of ${list}[${first}] already`, got: name }];
  });
}

function unmetNeeds({ channels, playbackKeys, recordingConfigurations }: Settings): Problem[] {
  return channels.flatMap(({ access, recorded }, index) => [
    ...(access === "private" && playbackKeys.length === 0
      ? [{ path: `channels[${index}].access`, rule: "needs a playback key, and playbackKeys is empty", got: access }]
      : []),
    ...(recorded && recordingConfigurations.length === 0
      ? [
          {
            path: `channels[${index}].recorded`,
            rule: "needs a recording configuration, and recordingConfigurations is empty",
            got: recorded,
          },
        ]
      : []),
  ]);
}

function contradictions({ protect, forceDestroyBuckets }: Settings): Problem[] {
  if (!protect || !forceDestroyBuckets) return [];
  return [{ path: "forceDestroyBuckets", rule: "contradicts protect, which refuses to destroy buckets", got: true }];
}
