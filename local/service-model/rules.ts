import type { Problem } from "./validate.ts";

/** A rule that the service documents but its model does not state. */
export interface Rule<Input> {
  readonly path: string;
  readonly message: string;
  readonly broken: (input: Input) => boolean;
}

/** Rules by operation. */
export type Rules<Operations extends { readonly [Name in keyof Operations]: { readonly input: unknown } }> = {
  readonly [Name in keyof Operations]?: readonly Rule<Operations[Name]["input"]>[];
};

/** AWS keeps tag keys that begin with `aws:` for itself, in every service. */
const reservedTagKey: Rule<{ readonly tags?: Readonly<Record<string, string>> }> = {
  path: "tags",
  message: "Tag keys must not begin with aws:",
  broken: ({ tags = {} }) => Object.keys(tags).some((key) => key.toLowerCase().startsWith("aws:")),
};

/** Every rule that an input breaks; the input must fit its shape already. */
export const brokenRules = <Input extends object>(
  rules: readonly Rule<Input>[],
  input: Input,
): readonly Pick<Problem, "path" | "message">[] =>
  [...rules, reservedTagKey].filter((rule) => rule.broken(input)).map(({ path, message }) => ({ path, message }));

/** The bytes of names and values together, in UTF-8. */
export const bytesOf = (attributes: Readonly<Record<string, string>>): number =>
  Object.entries(attributes)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
