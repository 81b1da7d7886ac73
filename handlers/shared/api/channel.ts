import * as v from "valibot";
import type { Profile } from "#domain/profiles/profile.ts";
import { isoTime } from "./fields.ts";

/** What everyone may know of a channel. */
export const channelEntries = {
  name: v.string(),
  nickname: v.string(),
  title: v.string(),
  description: v.string(),
  /** A path of this API; absent for the default picture. */
  avatarUrl: v.optional(v.string()),
  access: v.picklist(["public", "private"]),
  live: v.boolean(),
  /** While it is live and somebody has counted. */
  viewers: v.optional(v.number()),
  /** While it is live. */
  startedAt: v.optional(isoTime),
  planned: v.optional(v.object({ startsAt: isoTime, title: v.string() })),
};

export const channelSchema = v.object(channelEntries);

export type ShownChannel = v.InferOutput<typeof channelSchema>;

export const toIsoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The public form of a channel: nothing that says who its owner is to Cognito, or where IVS keeps it. */
export function toChannel({ live, planned, avatar, ...profile }: Profile): ShownChannel {
  const { name, nickname, title, description, access } = profile;
  const onAir = live.live && {
    startedAt: toIsoTime(live.at),
    ...(live.viewers !== undefined && { viewers: live.viewers }),
  };
  return {
    name,
    nickname,
    title,
    description,
    ...(avatar !== undefined && { avatarUrl: `/public/avatars/${avatar}` }),
    access,
    live: live.live,
    ...onAir,
    ...(planned && { planned: { startsAt: toIsoTime(planned.startsAt), title: planned.title } }),
  };
}

/** The page of a list as it is answered. */
export const nextOf = ({ next }: { readonly next?: string }): { next?: string } => (next === undefined ? {} : { next });
