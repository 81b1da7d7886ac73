import { arnFor } from "../service-model/arn.ts";
import { quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { refuseWhileUsed } from "./in-use.ts";
import type { Operation } from "./state.ts";

/** Countries and origins from which channels with this policy may be watched; an empty list allows all. */
export type PlaybackRestrictionPolicy = Required<Shapes["PlaybackRestrictionPolicy"]>;

const settable = ["name", "allowedCountries", "allowedOrigins", "enableStrictOriginEnforcement"] as const;

export const createPlaybackRestrictionPolicy: Operation<"CreatePlaybackRestrictionPolicy"> = (call, input) => {
  const { tables, settings } = call;
  const limit = settings.quotas.playbackRestrictionPolicies;
  if (tables.playbackRestrictionPolicies.size >= limit) throw quotaExceeded("playback restriction policies", limit);
  const policy: PlaybackRestrictionPolicy = {
    name: "",
    allowedCountries: [],
    allowedOrigins: [],
    enableStrictOriginEnforcement: false,
    ...pick(input, settable),
    arn: arnFor("ivs", call, "playback-restriction-policy", newId()),
    tags: input.tags ?? {},
  };
  tables.playbackRestrictionPolicies.put(policy.arn, policy);
  return { playbackRestrictionPolicy: policy };
};

export const getPlaybackRestrictionPolicy: Operation<"GetPlaybackRestrictionPolicy"> = (call, { arn }) => ({
  playbackRestrictionPolicy: find(call.tables.playbackRestrictionPolicies, arn),
});

export const updatePlaybackRestrictionPolicy: Operation<"UpdatePlaybackRestrictionPolicy"> = (call, input) => {
  const policy = { ...find(call.tables.playbackRestrictionPolicies, input.arn), ...pick(input, settable) };
  call.tables.playbackRestrictionPolicies.put(policy.arn, policy);
  return { playbackRestrictionPolicy: policy };
};

export const listPlaybackRestrictionPolicies: Operation<"ListPlaybackRestrictionPolicies"> = (call, input) => {
  const { tables, accountId, region } = call;
  const scope = ["ListPlaybackRestrictionPolicies", accountId, region];
  const all = tables.playbackRestrictionPolicies.all();
  const { items, nextToken } = page(all, input, { scope, size: 1, key: ({ arn }) => arn });
  return { playbackRestrictionPolicies: items, nextToken };
};

export const deletePlaybackRestrictionPolicy: Operation<"DeletePlaybackRestrictionPolicy"> = (call, { arn }) => {
  find(call.tables.playbackRestrictionPolicies, arn);
  refuseWhileUsed(call, "playbackRestrictionPolicyArn", arn);
  call.tables.playbackRestrictionPolicies.delete(arn);
  return undefined;
};
