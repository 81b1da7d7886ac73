/**
 * Why a message was refused or changed. The codes are stable: the page translates them, logs and metrics count them.
 */
const texts = {
  INVALID_REQUEST: "This message could not be read.",
  MESSAGE_TOO_LONG: "This message is too long.",
  ATTRIBUTE_NOT_ALLOWED: "This message carries something that is not allowed here.",
  REPEATED_CHARACTERS: "Please do not repeat the same character so often.",
  CAPITAL_LETTERS: "Please do not write in capital letters.",
  BLOCKED_WORD: "This message has a word that is not allowed here.",
  LINK_NOT_ALLOWED: "This message has a link that is not allowed here.",
  SLOW_MODE: "Slow mode is on here.",
} as const;

export type Reason = keyof typeof texts;

/** What the sender is told: never what was found, so that a refusal does not teach how to get past it. */
export const textFor = (reason: Reason): string => texts[reason];

/** What a sender is told whose turn in slow mode has not come. */
export const waitText = (seconds: number): string =>
  `${textFor("SLOW_MODE")} You can write again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
