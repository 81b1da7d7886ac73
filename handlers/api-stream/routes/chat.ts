import * as v from "valibot";
import type { Bans, SlowModes } from "#domain/chat/ports.ts";
import { type Member, roleIn } from "#domain/chat/role.ts";
import type { ChatTokens } from "#domain/chat/tokens.ts";
import { closedAudience, mayWatch } from "#domain/playback/entitlement.ts";
import type { AccessLists } from "#domain/playback/ports.ts";
import type { Profile, Profiles } from "#domain/profiles/profile.ts";
import { presentAccount } from "../../shared/accounts/present-caller.ts";
import { notReady, type ReadyDeps } from "../../shared/accounts/ready-route.ts";
import { channelPath } from "../../shared/api/fields.ts";
import { answer, signedInRoute } from "../../shared/api/route.ts";
import { channelWithRoom } from "../../shared/chat/channel.ts";
import { chatTokenAnswer, enter } from "../../shared/chat/enter.ts";

interface ChatDeps extends ReadyDeps {
  readonly profiles: Pick<Profiles, "byName" | "bySub">;
  readonly bans: Pick<Bans, "find">;
  readonly accessLists: Pick<AccessLists, "has">;
  readonly slowModes: Pick<SlowModes, "read">;
  readonly chatTokens: ChatTokens;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Whether somebody may watch a private channel, their ban left out: that has a refusal of its own. */
async function isEntitled(viewer: Member, { sub, audience = closedAudience }: Profile, { accessLists }: ChatDeps) {
  const listed = audience.kind === "listed" && (await accessLists.has(sub, viewer.sub));
  return mayWatch({ ownerSub: sub, audience, viewer, listed }).entitled;
}

export const createChatToken = signedInRoute({
  id: "createChatToken",
  summary: "Makes a token for a channel's chat, by which the caller may do what their role in the room allows.",
  params: channelPath,
  answers: {
    200: v.object({
      ...chatTokenAnswer.entries,
      /** How long the room makes its viewers wait between messages. */
      slowModeSeconds: v.number(),
    }),
  },
  async handle({ params, caller }, deps: ChatDeps) {
    const { profiles, bans, slowModes, chatTokens, now } = deps;
    const [account, profile, channel] = await Promise.all([
      presentAccount(caller, deps),
      profiles.bySub(caller.sub),
      channelWithRoom(profiles, params.name),
    ]);
    if (!account || !profile) throw notReady("You have no name yet; GET /stream/me tells when you have.");
    const [ban, slowModeSeconds] = await Promise.all([
      bans.find(channel.sub, caller.sub, now()),
      slowModes.read(channel.roomArn),
    ]);
    const { nickname, avatar } = profile;
    const sender = { username: nickname, role: roleIn(channel.sub, caller), ...(avatar !== undefined && { avatar }) };
    const entitled = channel.access === "private" && (await isEntitled(caller, channel, deps));
    const token = await enter(chatTokens, channel, { userId: caller.sub, sender, ban, entitled });
    return answer(200, { ...token, slowModeSeconds });
  },
});
