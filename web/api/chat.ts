import { callAsUser } from "./own.ts";
import { pathOf } from "./public.ts";
import { type ChatToken, chatToken } from "./schema.ts";

/** Leave to enter a channel's chat as whoever is signed in. @throws ApiError */
export const createChatToken = (name: string): Promise<ChatToken> =>
  callAsUser(chatToken, `${pathOf(name)}/chat-token`, { method: "POST" });
