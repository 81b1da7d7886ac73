import { isReserved } from "./reserved.ts";

/** The rule that a name breaks, in words that can follow "name". */
export type ChannelNameReading =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "refused"; readonly code: ChannelNameRefusal; readonly rule: string };

const rules = {
  NAME_NOT_TEXT: "must be a text",
  NAME_LENGTH: "must be 3 to 30 characters",
  NAME_CHARACTERS: "may hold only the letters a to z, digits and hyphens",
  NAME_HYPHENS: "may have hyphens only singly and inside",
  NAME_WITHOUT_LETTER: "must hold a letter",
  NAME_RESERVED: "is a word that nobody may have, or looks like one",
} as const;

export type ChannelNameRefusal = keyof typeof rules;

const refused = (code: ChannelNameRefusal): ChannelNameReading => ({ kind: "refused", code, rule: rules[code] });

/**
 * Reads a channel's public name, the `{name}` in addresses. Capitals become small letters, so that two names never
 * differ by them alone. Nothing else is changed: a sign from outside ASCII is refused rather than turned into the
 * letter that it looks like, so no two people see the same name for two channels, and what is typed is what is stored.
 */
export function readChannelName(input: unknown): ChannelNameReading {
  if (typeof input !== "string") return refused("NAME_NOT_TEXT");
  if (input.length > 30 || input.length < 3) return refused("NAME_LENGTH");
  // Before the capitals: outside ASCII there are signs whose small letter is an ASCII one (U+212A gives k).
  if (!/^[A-Za-z0-9-]+$/.test(input)) return refused("NAME_CHARACTERS");
  if (/^-|-$|--/.test(input)) return refused("NAME_HYPHENS");
  const name = input.toLowerCase();
  if (!/[a-z]/.test(name)) return refused("NAME_WITHOUT_LETTER");
  return isReserved(name) ? refused("NAME_RESERVED") : { kind: "name", name };
}
