import * as v from "valibot";

/** What channels and rooms of users are like, by settings: `accounts.channel` and `accounts.room`. */
export const accountDesign = v.strictObject({
  channel: v.strictObject({
    type: v.picklist(["BASIC", "STANDARD", "ADVANCED_SD", "ADVANCED_HD"]),
    preset: v.optional(v.picklist(["CONSTRAINED_BANDWIDTH_DELIVERY", "HIGHER_BANDWIDTH_DELIVERY"])),
    latencyMode: v.picklist(["LOW", "NORMAL"]),
    insecureIngest: v.boolean(),
    multitrack: v.optional(
      v.strictObject({
        policy: v.picklist(["ALLOW", "REQUIRE"]),
        maximumResolution: v.picklist(["SD", "HD", "FULL_HD"]),
      }),
    ),
  }),
  room: v.strictObject({
    maximumMessageLength: v.number(),
    maximumMessageRatePerSecond: v.number(),
    reviewFallback: v.picklist(["ALLOW", "DENY"]),
  }),
});

export type AccountDesign = v.InferOutput<typeof accountDesign>;
