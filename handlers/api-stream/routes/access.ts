import * as v from "valibot";
import type { AccountStore, Clock } from "#domain/accounts/ports.ts";
import { type AccessChange, type ChannelAccess, changeAccess as change } from "#domain/playback/change-access.ts";
import type { Audience } from "#domain/playback/entitlement.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { accountDeleted, type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { matching, oneOf } from "../../shared/api/fields.ts";
import { type FieldError, invalidRequest, Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface AccessDeps extends ReadyDeps {
  readonly accounts: AccountStore;
  readonly profiles: Pick<Profiles, "bySub" | "edit">;
  readonly channelAccess: ChannelAccess;
  /** Whether the platform has a playback key: without one nobody could watch a private channel. */
  readonly privateChannels: boolean;
  readonly clock: Clock;
  readonly newHolder: () => string;
}

const body = v.strictObject({
  access: oneOf(["public", "private"]),
  audience: v.optional(oneOf(["signed-in", "listed", "group"])),
  group: v.optional(matching(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, "must be the name of a group")),
});

type AccessBody = v.InferOutput<typeof body>;

function faultOf({ access, audience, group }: AccessBody): FieldError | undefined {
  if (access === "public" && audience !== undefined) {
    return { field: "body.audience", rule: "is for a private channel; leave it out", got: audience };
  }
  if (audience === "group" && group === undefined) {
    return { field: "body.group", rule: "must be there for the audience group", got: "nothing" };
  }
  if (audience !== "group" && group !== undefined) {
    return { field: "body.group", rule: "is for the audience group; leave it out", got: group };
  }
  return undefined;
}

function changeOf({ access, audience = "listed", group = "" }: AccessBody): AccessChange {
  if (access === "public") return { access };
  const whom: Audience = audience === "group" ? { kind: "group", group } : { kind: audience };
  return { access, audience: whom };
}

const refusals = {
  live: () =>
    new Problem(
      409,
      "CHANNEL_LIVE",
      "Your channel is live.",
      "IVS changes no channel while it is live. End the stream, then ask again.",
    ),
  busy: () =>
    new Problem(409, "CHANGED_MEANWHILE", "Your channel is being changed.", "Ask again in a moment.", {
      headers: { "retry-after": "5" },
    }),
  gone: accountDeleted,
};

export const changeAccess = readyRoute({
  id: "changeAccess",
  summary: "Makes the caller's channel private or public, and says who may watch a private one. Not while it is live.",
  body,
  answers: {
    200: v.object({
      access: v.picklist(["public", "private"]),
      audience: v.optional(v.picklist(["signed-in", "listed", "group"])),
      group: v.optional(v.string()),
    }),
  },
  async handle({ caller, body: asked }, deps: AccessDeps) {
    const fault = faultOf(asked);
    if (fault) throw invalidRequest([fault]);
    if (asked.access === "private" && !deps.privateChannels) {
      const detail = "The platform's settings name no playback key.";
      throw new Problem(409, "NO_PLAYBACK_KEY", "Private channels cannot be watched here.", detail);
    }
    const { accounts: store, profiles, channelAccess: channels, clock, newHolder } = deps;
    const wanted = changeOf(asked);
    const outcome = await change(caller.sub, wanted, { store, profiles, channels, clock, holder: newHolder() });
    if (outcome !== "changed") throw refusals[outcome]();
    if (wanted.access === "public") return answer(200, { access: wanted.access });
    const { audience } = wanted;
    const group = audience.kind === "group" ? { group: audience.group } : {};
    return answer(200, { access: wanted.access, audience: audience.kind, ...group });
  },
});
