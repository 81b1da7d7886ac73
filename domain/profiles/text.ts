/** A text as it is kept, or the rule that it breaks, in words that can follow a field's name. */
export type TextReading =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "refused"; readonly rule: string };

export interface TextLimits {
  /** Code points, counted once blanks around it are gone. */
  readonly minimum: number;
  readonly maximum: number;
  /** Whether it may hold line breaks. @default false */
  readonly lines?: boolean;
}

/** What turns the order of signs around, so that a text reads as another one. */
const bidirectional = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Nobody sees them, so two names that look the same would differ. The joiners stay: emoji and Persian need them. */
const invisible =
  /[\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/u;
const control = /\p{Cc}/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const refused = (rule: string): TextReading => ({ kind: "refused", rule });

/**
 * Reads what somebody wrote to be shown to others: normalized (NFC), without blanks around it. It is refused rather than
 * cleaned where signs would hide or turn something, so that what is shown is what was written.
 */
export function readText(input: string, { minimum, maximum, lines = false }: TextLimits): TextReading {
  if (/\p{Cs}/u.test(input)) return refused("must be Unicode text, without halves of surrogate pairs");
  const text = input.normalize("NFC").trim();
  const plain = lines ? text.replace(/\r\n|\n/g, " ") : text;
  if (control.test(plain)) return refused(`must hold no control characters${lines ? " but line breaks" : ""}`);
  if (bidirectional.test(plain)) return refused("must hold no signs that turn the direction of writing");
  if (invisible.test(plain)) return refused("must hold no invisible signs");
  const length = [...text].length;
  if (length < minimum || length > maximum) return refused(`must be ${minimum} to ${maximum} characters`);
  if (length > 0 && !visible.test(plain)) return refused("must hold something that can be seen");
  return { kind: "text", text: lines ? text.replaceAll("\r\n", "\n") : text };
}
