import * as v from "valibot";
import { createReviewer } from "#domain/moderation/review.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { type Bench, type Goal, quantile } from "./bench.ts";
import { regularExpressions } from "./peers/review.ts";

/** IVS Chat waits this long for a review handler, then the room's fallback decides. */
const serviceWaitsMilliseconds = 200;
const rounds = 100;

/** As many words as a long list has, without a meaning, so that nothing offensive stands here. */
const syllables = ["ba", "do", "ki", "lu", "me", "ni", "po", "ra", "sa", "te"];
const word = (index: number) => [...String(index).padStart(3, "0")].map((digit) => syllables[Number(digit)]).join("");
const words = Array.from({ length: 300 }, (_, index) => word(index));

const longest = (text: string) => [...text.repeat(500)].slice(0, 500).join("");

const ordinary = [
  "hello everyone, good evening!",
  "what a save 😂😂😂",
  "see https://example.com/watch?v=1 and tell me",
  "한국어 채팅도 잘 됩니다",
  "LET'S GOOOOOOOO",
  longest("where did you get that? I have been looking for one like it for two years. "),
];
const awkward = ["b4d0", "ba", "@ ", "s.a.", "a://", "\ufdfa", "👩\u200d", "a\u0301\u0301"].map(longest);

const between = (gap: string) => (text: string) => [...text].join(gap);
const disguises: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  between("."),
  between("-"),
  between(" "),
  between("\u200b"),
  between("🔥"),
  (text) => text.replaceAll("a", "4").replaceAll("o", "0").replaceAll("e", "3").replaceAll("i", "1"),
  (text) => text.replaceAll("a", "@").replaceAll("s", "$"),
  (text) => text.replaceAll("a", "а").replaceAll("o", "о").replaceAll("e", "е").replaceAll("p", "р"),
  (text) => text.replaceAll("a", "á").replaceAll("o", "ö").replaceAll("e", "è").replaceAll("i", "ï"),
  (text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
  (text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 97 + 0x1d4ea)),
  (text) => text.replace(/[aeiou]/g, (letter) => letter.repeat(4)),
];
const disguised = words.flatMap((each) => disguises.map((disguise) => `you ${disguise(each)}!`));

function timeEach(messages: readonly string[], review: (text: string) => unknown): number[] {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const message of messages) {
      const start = performance.now();
      review(message);
      samples.push(performance.now() - start);
    }
  }
  return samples;
}

const shareOf = (messages: readonly string[], isFound: (text: string) => boolean): number =>
  messages.filter(isFound).length / messages.length;

export const review: Bench = {
  title: "one review by all rules, with 300 words; peer: a regular expression for each word (peers/review.ts)",
  run() {
    const rules = v.parse(moderationRules, {
      blockedWords: { wholeWord: words },
      links: { policy: "allowedHosts", allowedHosts: ["example.com"] },
      capitalLetters: { maximumPercent: 99 },
    });
    const reviewMessage = createReviewer(rules);
    const decide = (content: string) => reviewMessage({ content, attributes: {} });
    const peer = regularExpressions(words);

    const usual = timeEach(ordinary, decide);
    const worst = timeEach(awkward, decide);
    const share = (what: string, samples: readonly number[]): Goal => ({
      what: `${what}, p99 as a share of the ${serviceWaitsMilliseconds} ms that the service waits`,
      value: quantile(samples, 0.99) / serviceWaitsMilliseconds,
      bound: { atMost: 0.1 },
    });
    const found = shareOf(disguised, (text) => decide(text).verdict === "deny");
    return {
      measurements: [
        { what: "ours, ordinary messages", unit: "ms", samples: usual },
        { what: "ours, messages made to be slow", unit: "ms", samples: worst },
        { what: "peer, ordinary messages, words alone", unit: "ms", samples: timeEach(ordinary, peer) },
        { what: "peer, messages made to be slow, words alone", unit: "ms", samples: timeEach(awkward, peer) },
      ],
      goals: [
        share("ordinary messages", usual),
        share("messages made to be slow", worst),
        { what: `share found of ${disguised.length} words in disguise`, value: found, bound: { atLeast: 1 } },
        { what: "disguises found, ours / peer's", value: found / shareOf(disguised, peer), bound: { atLeast: 1.25 } },
      ],
    };
  },
};
