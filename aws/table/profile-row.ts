import type { Profile } from "#domain/profiles/profile.ts";
import { liveStateOf } from "./live-row.ts";
import { type Item, pick } from "./table.ts";

const fields = [
  "sub",
  "name",
  "nickname",
  "title",
  "description",
  "avatar",
  "access",
  "audience",
  "channelArn",
  "roomArn",
  "addresses",
  "planned",
] as const;

/** The profile that an account's row holds. A gravestone's row holds none. */
export const profileOf = (item: Item): Profile => ({
  ...pick(item as unknown as Omit<Profile, "live">, fields),
  live: liveStateOf(item),
});
