import type { MessageFrame } from "./frames.ts";
import type { Message } from "./lines.ts";
import { pictureOf, raisedHand } from "./stickers.ts";

/** What is shown of a message. Who its sender is, is what the server says; the text is only text. */
export function messageOf({ Id, Content, SendTime, Sender, Attributes }: MessageFrame): Message {
  const { username, avatar, role } = Sender.Attributes ?? {};
  const sticker = pictureOf(Attributes?.sticker);
  const raisesHand = Attributes?.raiseHand === "true";
  const picture = sticker ?? (raisesHand ? raisedHand : undefined);
  return {
    id: Id,
    userId: Sender.UserId,
    name: username || Sender.UserId,
    avatarUrl: avatar && `/public/avatars/${encodeURIComponent(avatar)}`,
    role,
    text: Content === picture ? "" : Content,
    sticker,
    raisesHand,
    at: new Date(SendTime),
  };
}
