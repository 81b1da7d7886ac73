import * as v from "valibot";
import { flag, oneOf } from "./checks.ts";
import type { Problem } from "./settings-error.ts";

/** What every channel may say of what it takes from its encoder and makes of it, the house's as those of users. */
export const channelEntries = {
  /** @default "STANDARD" */
  type: v.optional(oneOf(["BASIC", "STANDARD", "ADVANCED_SD", "ADVANCED_HD"]), "STANDARD"),
  /** For ADVANCED channels only. @default the service's */
  preset: v.optional(oneOf(["CONSTRAINED_BANDWIDTH_DELIVERY", "HIGHER_BANDWIDTH_DELIVERY"])),
  /** @default "LOW" */
  latencyMode: v.optional(oneOf(["LOW", "NORMAL"]), "LOW"),
  /** Lets encoders send without TLS. @default false */
  insecureIngest: v.optional(flag(), false),
  /** Lets encoders send several renditions, which IVS passes on; for STANDARD channels only. @default one rendition is sent */
  multitrack: v.optional(
    v.strictObject({
      /** REQUIRE refuses encoders that send one rendition. @default "ALLOW" */
      policy: v.optional(oneOf(["ALLOW", "REQUIRE"]), "ALLOW"),
      /** The best that encoders may send: 480p, 720p or 1080p. @default "FULL_HD" */
      maximumResolution: v.optional(oneOf(["SD", "HD", "FULL_HD"]), "FULL_HD"),
    }),
  ),
};

type Channel = v.InferOutput<v.StrictObjectSchema<typeof channelEntries, undefined>>;

/** What a channel's type rules out, by the API reference of IVS (Channel, MultitrackInputConfiguration). */
export function typeProblems(path: string, { type, preset, multitrack }: Channel): Problem[] {
  return [
    ...(preset !== undefined && !type.startsWith("ADVANCED_")
      ? [{ path: `${path}.preset`, rule: `is for ADVANCED channels, and type is ${type}`, got: preset }]
      : []),
    ...(multitrack !== undefined && type !== "STANDARD"
      ? [{ path: `${path}.multitrack`, rule: `is for STANDARD channels, and type is ${type}`, got: multitrack }]
      : []),
  ];
}
