import * as v from "valibot";
import { canonicalHost } from "./links/hosts.ts";
import { stickers } from "./stickers.ts";
import { lettersOfWord, longestWord } from "./words/letters.ts";

/** IVS Chat rooms take 1 to 500 code points (CreateRoom, maximumMessageLength). */
const serviceMaximumLength = 500;
/** Keeps one review far below the 200 ms that the service waits for a review handler. */
const mostWords = 1000;

const wholeNumber = (least: number, most: number) => {
  const rule = `is not a whole number, ${least} to ${most}`;
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(most, rule));
};

const oneOf = <const Choices extends readonly string[]>(...choices: Choices) =>
  v.picklist(choices, `is not one of ${choices.join(", ")}`);

const word = v.pipe(
  v.string("is not a text"),
  v.check(
    (text) => lettersOfWord(text) !== undefined,
    `is not 2 to ${longestWord} letters or digits, with single spaces inside a phrase ` +
      "(write it plainly: look-alike characters are found by themselves)",
  ),
);
const words = v.optional(
  v.pipe(v.array(word, "is not a list of words"), v.maxLength(mostWords, `is more than ${mostWords} words`)),
  [],
);

const host = v.pipe(
  v.string("is not a text"),
  v.check(
    (text) => text.includes(".") && canonicalHost(text) !== undefined && !/[/:@?#\s*]/u.test(text),
    "is not a bare host such as example.com (no scheme, port, path or *: subdomains are allowed with their host)",
  ),
);

const blockedWords = v.strictObject({
  /** Refused where they stand as words of their own: "ass" is found in "you ass!", not in "class". @default none */
  wholeWord: words,
  /** Refused also inside other words. @default none */
  anywhere: words,
  /** Words that are never a hit, for example a place that holds a word of `anywhere`. @default none */
  exceptions: words,
});

const links = v.variant(
  "policy",
  [
    v.strictObject({ policy: v.literal("allow") }),
    v.strictObject({ policy: v.literal("deny") }),
    v.strictObject({
      policy: v.literal("allowedHosts"),
      /** Hosts that may be linked to, with all their subdomains. */
      allowedHosts: v.pipe(v.array(host, "is not a list of hosts"), v.minLength(1, "names no host")),
    }),
  ],
  "is not one of allow, deny, allowedHosts",
);

const repeatedCharacters = v.strictObject({
  /** The longest run of one character, as people see characters (an emoji with its skin tone is one). @default 10 */
  limit: v.optional(wholeNumber(1, serviceMaximumLength), 10),
  /** Shorten longer runs to the limit, or refuse the message. @default "shorten" */
  action: v.optional(oneOf("shorten", "deny"), "shorten"),
});

const capitalLetters = v.strictObject({
  /** The share of a message's letters that may be capitals, in percent; 100 never acts. @default 100 */
  maximumPercent: v.optional(wholeNumber(0, 100), 100),
  /** Messages with fewer letters are left alone: "OK", "LOL". @default 12 */
  minimumLetters: v.optional(wholeNumber(1, serviceMaximumLength), 12),
  /** Make the message small letters, or refuse it. @default "lowercase" */
  action: v.optional(oneOf("lowercase", "deny"), "lowercase"),
});

const attributes = v.strictObject({
  /**
   * Attributes that a sender may set, each with its values, or "any" for free text, which is held to the rules for
   * words and links. @default `sticker`, one of the list in stickers.ts, and `raiseHand`, "true"
   */
  allowed: v.optional(
    v.record(
      v.string(),
      v.union([v.literal("any"), v.array(v.string())], 'is not "any" or a list of values'),
      "is not an object of attribute names",
    ),
    { sticker: [...stickers], raiseHand: ["true"] },
  ),
  /** Take all others off the message, or refuse it. @default "deny" */
  others: v.optional(oneOf("remove", "deny"), "deny"),
});

/**
 * What a chat message must keep to: `moderation` in an environment's settings, baked into the review handler's bundle.
 * Every rule may be left out; unknown keys are refused. Each message follows the value that breaks the rule.
 */
export const moderationRules = v.strictObject({
  /** Longest message in code points, at most what a room takes. @default 500 */
  maximumLength: v.optional(wholeNumber(1, serviceMaximumLength), serviceMaximumLength),
  attributes: v.optional(attributes, {}),
  repeatedCharacters: v.optional(repeatedCharacters, {}),
  capitalLetters: v.optional(capitalLetters, {}),
  blockedWords: v.optional(blockedWords, {}),
  /** Whether messages may hold links. @default \{ "policy": "allow" \} */
  links: v.optional(links, { policy: "allow" }),
});

/** The rules as they are written in settings. */
export type ModerationSettings = v.InferInput<typeof moderationRules>;
/** The rules with every default filled in. */
export type ModerationRules = v.InferOutput<typeof moderationRules>;
