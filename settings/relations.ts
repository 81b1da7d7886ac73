import { typeProblems } from "./channel.ts";
import { restrictionProblems } from "./playback.ts";
import { thumbnailProblems } from "./recording.ts";
import type { Settings } from "./schema.ts";
import type { Problem } from "./settings-error.ts";

/** Rules that hold between settings, which no single value breaks. Paths are relative to the environment. */
export function relationProblems(settings: Settings): Problem[] {
  return [
    ...repeatedNames("channels", settings.channels),
    ...repeatedNames("playbackKeys", settings.playbackKeys),
    ...repeatedNames("recordingConfigurations", settings.recordingConfigurations),
    ...repeatedNames("loggingConfigurations", settings.loggingConfigurations),
    ...thumbnailProblems(settings.recordingConfigurations),
    ...restrictionProblems(settings.playback),
    ...unmetNeeds(settings),
    ...accountProblems(settings),
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
  return channels.flatMap(({ access, audience, recorded, ...channel }, index) => [
    ...typeProblems(`channels[${index}]`, channel),
    ...(access === "public" && audience !== undefined
      ? [{ path: `channels[${index}].audience`, rule: "is for private channels, and access is public", got: audience }]
      : []),
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

function accountProblems({ accounts, recordingConfigurations, protect }: Settings): Problem[] {
  const { channel, plans, allowPrivateWebhooks } = accounts;
  return [
    ...(channel.recorded && recordingConfigurations.length === 0
      ? [
          {
            path: "accounts.channel.recorded",
            rule: "needs a recording configuration, and recordingConfigurations is empty",
            got: true,
          },
        ]
      : []),
    ...typeProblems("accounts.channel", channel),
    ...("everyone" in plans
      ? []
      : [{ path: "accounts.plans", rule: "has no plan for everyone", got: Object.keys(plans) }]),
    ...(allowPrivateWebhooks && protect
      ? [
          {
            path: "accounts.allowPrivateWebhooks",
            rule: "contradicts protect: anyone could reach into the network",
            got: true,
          },
        ]
      : []),
  ];
}

function contradictions({ protect, forceDestroyBuckets }: Settings): Problem[] {
  if (!protect || !forceDestroyBuckets) return [];
  return [{ path: "forceDestroyBuckets", rule: "contradicts protect, which refuses to destroy buckets", got: true }];
}
