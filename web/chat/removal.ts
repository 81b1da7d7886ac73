import type { ApiError } from "../api/api-error.ts";

const time = new Intl.DateTimeFormat([], { dateStyle: "short", timeStyle: "short" });

/** What the room says when it puts somebody out, by the reason that it gives. */
export function removalText(reason: string | undefined): string {
  switch (reason) {
    case "BANNED":
      return "A moderator has banned you from this chat.";
    case "TIMEOUT":
      return "A moderator has sent you out of this chat for a while.";
    default:
      return "You were disconnected from this chat.";
  }
}

/** Why somebody is not let in. */
export function refusedEntryText({ code, until, message }: ApiError): string {
  if (code !== "BANNED") return message;
  return until === undefined
    ? "You are banned from this chat."
    : `You are kept out of this chat until ${time.format(new Date(until))}.`;
}
