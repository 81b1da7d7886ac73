/** A message that was not delivered; the message of the error is fit for its sender. */
export class ChatRefusal extends Error {
  /** As the room said it; 0 where it said nothing. */
  readonly code: number;
  /** Until the next try can work; 0 where waiting does not help. */
  readonly waitSeconds: number;

  constructor(code: number, message: string, waitSeconds = 0) {
    super(message);
    this.name = "ChatRefusal";
    this.code = code;
    this.waitSeconds = waitSeconds;
  }
}

export const notSent = (why: string): ChatRefusal => new ChatRefusal(0, `Not sent: ${why} Press Enter to try again.`);

/** A review gives its reason as `CODE: text for people`. */
const reviewReason = /^([A-Z_]+): (.+)$/s;
/** Slow mode's says in its text when the sender's turn comes. */
const waitIn = /\b(\d{1,3}) seconds?\b/;

/** What a room's refusal means to the one who wrote the message. */
export function refusalOf(code: number, message: string): ChatRefusal {
  switch (code) {
    case 403:
      return new ChatRefusal(code, "You may read this chat, but not write in it.");
    case 406:
      return reviewRefusal(message);
    case 413:
      return new ChatRefusal(code, `This message is too long. ${message}.`);
    case 429:
      return new ChatRefusal(code, "You are writing too fast. Wait a moment, then press Enter again.");
    default:
      return new ChatRefusal(code, `Not sent: ${message}.`);
  }
}

function reviewRefusal(message: string): ChatRefusal {
  const [, reason, text = message] = reviewReason.exec(message) ?? [];
  const waitSeconds = reason === "SLOW_MODE" ? Number(waitIn.exec(text)?.[1] ?? 0) : 0;
  return new ChatRefusal(406, text, waitSeconds);
}
