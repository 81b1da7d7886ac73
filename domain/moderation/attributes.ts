export type Attributes = Readonly<Record<string, string>>;

/** Each allowed attribute with its values, or "any" for free text. */
export type AllowedAttributes = Readonly<Record<string, "any" | readonly string[]>>;

/** Parts a message's attributes in those that the rules allow and the names of the others. */
export function sortAttributes(attributes: Attributes, allowed: AllowedAttributes) {
  const isAllowed = ([name, value]: [string, string]) => {
    const values = Object.hasOwn(allowed, name) ? allowed[name] : [];
    return values === "any" || values?.includes(value);
  };
  const entries = Object.entries(attributes);
  return {
    kept: Object.fromEntries(entries.filter(isAllowed)) as Attributes,
    refused: entries.filter((entry) => !isAllowed(entry)).map(([name]) => name),
  };
}

/** The values that a sender wrote freely: what is shown to people, and so is held to the rules for words and links. */
export const freeTexts = (attributes: Attributes, allowed: AllowedAttributes): string[] =>
  Object.entries(attributes)
    .filter(([name]) => allowed[name] === "any")
    .map(([, value]) => value);
