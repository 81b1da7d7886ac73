/** A message that was not delivered; the message of the error is fit for its sender. */
export class ChatRefusal extends Error {
  /** As the room said it; 0 where it said nothing. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = "ChatRefusal";
    this.code = code;
  }
}

export const notSent = (why: string): ChatRefusal => new ChatRefusal(0, `Not sent: ${why} Press Enter to try again.`);

/** A review gives its reason as `CODE: text for people`. */
const reviewReason = /^[A-Z_]+: (.+)$/s;

/** What a room's refusal means to the one who wrote the message. */
export function refusalOf(code: number, message: string): ChatRefusal {
  switch (code) {
    case 403:
      return new ChatRefusal(code, "You may read this chat, but not write in it.");
    case 406:
      return new ChatRefusal(code, reviewReason.exec(message)?.[1] ?? message);
    case 413:
      return new ChatRefusal(code, `This message is too long. ${message}.`);
    case 429:
      return new ChatRefusal(code, "You are writing too fast. Wait a moment, then press Enter again.");
    default:
      return new ChatRefusal(code, `Not sent: ${message}.`);
  }
}
