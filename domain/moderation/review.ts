import { type Attributes, freeTexts, sortAttributes } from "./attributes.ts";
import { isShouting, toSmallLetters } from "./capitals.ts";
import { compileLinkPolicy } from "./links/policy.ts";
import { type Reason, textFor } from "./reasons.ts";
import { shortenRuns } from "./repeats.ts";
import type { ModerationRules } from "./rules.ts";
import { compileExceptions } from "./words/exceptions.ts";
import { unitsOf } from "./words/letters.ts";
import { compileWords } from "./words/matcher.ts";

/** What a sender wants to say. */
export interface ChatMessage {
  readonly content: string;
  readonly attributes: Attributes;
}

export type Decision =
  | { readonly verdict: "allow" }
  /** Delivered as changed here; reviewing the change again allows it as it is. */
  | { readonly verdict: "edit"; readonly message: ChatMessage; readonly reasons: readonly Reason[] }
  /** `text` is for the sender. */
  | { readonly verdict: "deny"; readonly reason: Reason; readonly text: string };

const deny = (reason: Reason): Decision => ({ verdict: "deny", reason, text: textFor(reason) });

const isLongerThan = (text: string, codePoints: number) => text.length > codePoints && [...text].length > codePoints;

/**
 * Compiles the rules once and answers with the review of a message. The order is fixed:
 *
 * 1. length, which bounds the work of all that follows;
 * 2. attributes, 3. repeated characters, 4. capital letters: each edits the message or refuses it;
 * 5. blocked words, 6. links: looked for in what viewers would see, after the edits, free attribute values included.
 *
 * The first refusal ends the review. Every step reads the text a fixed number of times, so no text makes it slow.
 */
export function createReviewer(rules: ModerationRules): (message: ChatMessage) => Decision {
  const hasBlockedWord = compileWords(rules.blockedWords);
  const withoutExceptions = compileExceptions(rules.blockedWords.exceptions);
  const hasForbiddenLink = compileLinkPolicy(rules.links);

  return (message) => {
    if (isLongerThan(message.content, rules.maximumLength)) return deny("MESSAGE_TOO_LONG");
    const reasons: Reason[] = [];
    let { content, attributes } = message;

    const { kept, refused } = sortAttributes(attributes, rules.attributes.allowed);
    if (refused.length > 0) {
      if (rules.attributes.others === "deny") return deny("ATTRIBUTE_NOT_ALLOWED");
      attributes = kept;
      reasons.push("ATTRIBUTE_NOT_ALLOWED");
    }

    const short = shortenRuns(content, rules.repeatedCharacters.limit);
    if (short !== content) {
      if (rules.repeatedCharacters.action === "deny") return deny("REPEATED_CHARACTERS");
      content = short;
      reasons.push("REPEATED_CHARACTERS");
    }

    if (isShouting(content, rules.capitalLetters)) {
      if (rules.capitalLetters.action === "deny") return deny("CAPITAL_LETTERS");
      const quiet = toSmallLetters(content);
      if (quiet !== content) reasons.push("CAPITAL_LETTERS");
      content = quiet;
    }

    const shown = [content, ...freeTexts(attributes, rules.attributes.allowed)];
    if (shown.some((text) => hasBlockedWord(withoutExceptions(unitsOf(text))))) return deny("BLOCKED_WORD");
    if (shown.some(hasForbiddenLink)) return deny("LINK_NOT_ALLOWED");
    return reasons.length === 0 ? { verdict: "allow" } : { verdict: "edit", message: { content, attributes }, reasons };
  };
}
