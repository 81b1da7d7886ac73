import * as v from "valibot";
import { guestUserId } from "#domain/chat/guest.ts";
import type { ChatTokens } from "#domain/chat/tokens.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { channelPath, matching } from "../../shared/api/fields.ts";
import { answer, openRoute } from "../../shared/api/route.ts";
import { channelWithRoom } from "../../shared/chat/channel.ts";
import { chatTokenAnswer, enter } from "../../shared/chat/enter.ts";

interface GuestChatDeps {
  readonly profiles: Pick<Profiles, "byName">;
  readonly chatTokens: ChatTokens;
}

/** Long enough that nobody guesses another guest's. */
const guestSecret = matching(/^.{16,128}$/s, "must be 16 to 128 characters");

export const createGuestChatToken = openRoute({
  id: "createGuestChatToken",
  summary: "Makes a token by which a guest reads a channel's chat; the same secret makes the same guest.",
  params: channelPath,
  body: v.strictObject({ guest: guestSecret }),
  answers: { 200: chatTokenAnswer },
  async handle({ params, body }, { profiles, chatTokens }: GuestChatDeps) {
    const [channel, userId] = await Promise.all([channelWithRoom(profiles, params.name), guestUserId(body.guest)]);
    return answer(200, await enter(chatTokens, channel, { userId, sender: { username: userId, role: "guest" } }));
  },
});
