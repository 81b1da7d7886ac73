import { ApiError } from "../api/api-error.ts";
import { momentText } from "../moment.ts";

/** Why somebody does not watch; fit for them. */
export interface Refusal {
  readonly title: string;
  readonly text: string;
}

/** Of a stream that was refused though the platform had said that it would play. */
export const streamRefused: Refusal = {
  title: "You cannot watch this now",
  text: "The stream was refused. Your leave to watch may have been ended, or this page may have been open for long.",
};

/** Why the API gives no leave to watch; undefined where it may at another try. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { code, status, message, until } = error;
  switch (code) {
    case "NOT_ENTITLED":
      return { title: "You may not watch this channel", text: message };
    case "BANNED":
      return { title: "You may not watch this channel", text: banText(until) };
    case "NO_PLAYBACK_KEY":
      return { title: "This channel cannot be watched here", text: "This site has no key for private channels." };
    default:
      return status === 403 ? { title: "You cannot watch this channel here", text: message } : undefined;
  }
}

const banText = (until: string | undefined): string =>
  until === undefined
    ? "A moderator has banned you from it, and from its chat."
    : `A moderator has sent you out of it, and of its chat, until ${momentText(until)}.`;
