import { nothing } from "./call.ts";
import { callAsUser } from "./own.ts";
import { pathOf } from "./public.ts";
import { type ChatToken, chatToken } from "./schema.ts";

/** Leave to enter a channel's chat as whoever is signed in. @throws ApiError */
export const createChatToken = (name: string): Promise<ChatToken> =>
  callAsUser(chatToken, `${pathOf(name)}/chat-token`, { method: "POST" });

/** Takes a message off everyone's page. @throws ApiError */
export const deleteMessage = (name: string, id: string, userId: string) =>
  callAsUser(nothing, `${pathOf(name)}/messages/${encodeURIComponent(id)}/delete`, {
    method: "POST",
    body: { userId },
  });

/**
 * Keeps somebody out of a channel's chat.
 *
 * @param minutes undefined for good
 * @throws ApiError
 */
export const ban = (name: string, userId: string, minutes?: number) =>
  callAsUser(nothing, `${pathOf(name)}/bans/${encodeURIComponent(userId)}`, {
    method: "PUT",
    body: minutes === undefined ? {} : { minutes },
  });

/** How long everyone but moderators waits between messages; 0 for not at all. @throws ApiError */
export const setSlowMode = (name: string, seconds: number) =>
  callAsUser(nothing, `${pathOf(name)}/slow-mode`, { method: "PUT", body: { seconds } });
