import * as v from "valibot";
import type { Profiles } from "#domain/profiles/profile.ts";
import { channelEntries, channelSchema, nextOf, toChannel, toIsoTime } from "../../shared/api/channel.ts";
import { channelUnknown } from "../../shared/api/channel-unknown.ts";
import { channelPath, oneOf, pageEntries, pageOf, pageQuery } from "../../shared/api/fields.ts";
import { answer, openRoute } from "../../shared/api/route.ts";

export interface ChannelDeps {
  readonly profiles: Pick<Profiles, "live" | "all" | "byName">;
}

/** However many pages are open, caches ask every few seconds. */
const forSeconds = { "cache-control": "public, max-age=3" };

const channels = pageOf("channels", channelSchema);

export const listLiveChannels = openRoute({
  id: "listLiveChannels",
  summary: "Lists the channels that are on air.",
  query: v.strictObject({ ...pageEntries, sort: v.optional(oneOf(["newest", "most-watched"]), "newest") }),
  answers: { 200: channels },
  async handle({ query: { sort, limit, cursor } }, { profiles }: ChannelDeps) {
    const page = await profiles.live(sort, { limit, cursor });
    return answer(200, { channels: page.rows.map(toChannel), ...nextOf(page) }, forSeconds);
  },
});

export const listChannels = openRoute({
  id: "listChannels",
  summary: "Lists all channels by name.",
  query: pageQuery,
  answers: { 200: channels },
  async handle({ query }, { profiles }: ChannelDeps) {
    const page = await profiles.all(query);
    return answer(200, { channels: page.rows.map(toChannel), ...nextOf(page) }, forSeconds);
  },
});

export const readChannel = openRoute({
  id: "readChannel",
  summary: "Shows a channel, and where it plays if everyone may watch it.",
  params: channelPath,
  answers: {
    200: v.object({
      ...channelEntries,
      /** Of a public channel. */
      playbackUrl: v.optional(v.string()),
      /** When its last stream ended. */
      lastEndedAt: v.optional(v.string()),
    }),
  },
  async handle({ params: { name } }, { profiles }: ChannelDeps) {
    const profile = await profiles.byName(name);
    if (profile === undefined) throw channelUnknown(name);
    const { access, addresses, live } = profile;
    return answer(200, {
      ...toChannel(profile),
      ...(access === "public" && addresses && { playbackUrl: addresses.playbackUrl }),
      ...(!live.live && live.at > 0 && { lastEndedAt: toIsoTime(live.at) }),
    });
  },
});
