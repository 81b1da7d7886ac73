import * as v from "valibot";
import { type Admission, admit, type Entering } from "#domain/chat/admission.ts";
import type { SenderAttributes } from "#domain/chat/attributes.ts";
import type { ChatTokens } from "#domain/chat/tokens.ts";
import { isoTime } from "../api/fields.ts";
import { Problem } from "../api/problem.ts";
import type { ChannelWithRoom } from "./channel.ts";

const capability = v.picklist(["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"]);

/** What a page needs to connect to a room. */
export const chatTokenAnswer = v.object({
  token: v.string(),
  endpoint: v.string(),
  userId: v.string(),
  tokenExpirationTime: isoTime,
  sessionExpirationTime: isoTime,
  capabilities: v.array(capability),
});

function refusal(admission: Admission & { readonly admitted: false }, name: string): Problem {
  if (admission.because === "private") {
    const detail = `The chat of ${name} is for those who may watch it.`;
    return new Problem(403, "CHAT_PRIVATE", "This chat is private.", detail);
  }
  const until = admission.until === undefined ? undefined : new Date(admission.until).toISOString();
  const detail = `You may not enter the chat of ${name}${until ? ` before ${until}` : ""}.`;
  return new Problem(403, "BANNED", "You are banned from this chat.", detail, { extra: { ...(until && { until }) } });
}

export interface Newcomer extends Pick<Entering, "ban" | "entitled"> {
  /** As the room is to know them. */
  readonly userId: string;
  readonly sender: SenderAttributes;
}

/** Makes a token for who may enter a channel's room. @throws Problem BANNED, CHAT_PRIVATE */
export async function enter(
  tokens: ChatTokens,
  { name, roomArn, access }: ChannelWithRoom,
  { userId, sender, ban, entitled }: Newcomer,
): Promise<v.InferInput<typeof chatTokenAnswer>> {
  const admission = admit({ role: sender.role, access, entitled, ban });
  if (!admission.admitted) throw refusal(admission, name);
  const { capabilities } = admission;
  const token = await tokens.create({ roomArn, userId, capabilities, sender });
  return { ...token, endpoint: tokens.endpoint, userId, capabilities: [...capabilities] };
}
