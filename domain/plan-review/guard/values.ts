import type { Json } from "../plan.ts";

/** What stands in a value behind some steps; undefined where nothing does. */
export function valueAt(value: Json | undefined, ...steps: readonly (string | number)[]): Json | undefined {
  let inner = value;
  for (const step of steps) {
    if (inner === null || typeof inner !== "object" || !Object.hasOwn(inner, step)) return undefined;
    inner = (inner as Readonly<Record<string | number, Json>>)[step];
  }
  return inner;
}

/** A text that is there; empty ones are how the provider says that there is none. */
export function textAt(value: Json | undefined, ...steps: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...steps);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** One or many, as many. */
export function listAt(value: Json | undefined, ...steps: readonly (string | number)[]): readonly Json[] {
  const found = valueAt(value, ...steps) ?? [];
  return Array.isArray(found) ? found : [found as Json];
}

/** One word of a command for a POSIX shell, whatever is in it. */
export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The attributes at the top whose values differ; what is only known when it is applied differs. */
export function changedNames(before: Json, after: Json, unknown: Json): ReadonlySet<string> {
  const names = [before, after, unknown].flatMap((value) =>
    value !== null && typeof value === "object" ? Object.keys(value) : [],
  );
  return new Set(
    names.filter(
      (name) =>
        JSON.stringify(valueAt(before, name) ?? null) !== JSON.stringify(valueAt(after, name) ?? null) ||
        isUnknown(valueAt(unknown, name)),
    ),
  );
}

/** Masks have empty objects and lists for blocks of which nothing is unknown. */
function isUnknown(mask: Json | undefined): boolean {
  if (mask === null || mask === undefined || typeof mask !== "object") return mask === true;
  return Object.values(mask).some(isUnknown);
}
