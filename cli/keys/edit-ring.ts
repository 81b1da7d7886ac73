import { type JsonSpan, jsonSpans } from "./json-spans.ts";

/** An entry of `playbackKeys` as cdktf.json has it. */
export interface RingEntry {
  readonly name: string;
  /** @default a new key in KMS */
  readonly publicKeyPem?: string;
}

/** The text of cdktf.json, and whose ring is meant. */
export interface SettingsText {
  readonly text: string;
  /** For example `dev`. */
  readonly environment: string;
}

/** An entry as it is written into the settings, on one line. */
export function entryText({ name, publicKeyPem }: RingEntry): string {
  const pem = publicKeyPem === undefined ? "" : `, "publicKeyPem": ${JSON.stringify(publicKeyPem)}`;
  return `{ "name": ${JSON.stringify(name)}${pem} }`;
}

const splice = (text: string, start: number, end: number, put: string): string =>
  text.slice(0, start) + put + text.slice(end);

function environmentSpan({ text, environment }: SettingsText): JsonSpan {
  const found = jsonSpans(text).members.get("context")?.members.get("environments")?.members.get(environment);
  if (found === undefined) throw new RangeError(`The settings have no environment ${environment}.`);
  return found;
}

/** The ring, which the settings may leave out. */
const ringSpan = (settings: SettingsText): JsonSpan | undefined =>
  environmentSpan(settings).members.get("playbackKeys");

/** What parts one entry or member from the next: as between the last two entries, or as the first begins. */
function separator(text: string, { start, items }: JsonSpan): string {
  const [last, beforeLast] = [items.at(-1), items.at(-2)];
  if (last !== undefined && beforeLast !== undefined) return text.slice(beforeLast.end, last.start);
  const [blanks = ""] = /^\s*/.exec(text.slice(start + 1)) ?? [];
  return `,${blanks.includes("\n") ? blanks : " "}`;
}

/** Writes an entry as the last one of the ring; every other byte stays. */
export function addEntry(settings: SettingsText, entry: RingEntry): string {
  const { text } = settings;
  const written = entryText(entry);
  const ring = ringSpan(settings);
  if (ring === undefined) {
    const environment = environmentSpan(settings);
    // No environment is without a region.
    const at = Math.max(...[...environment.members.values()].map(({ end }) => end));
    return splice(text, at, at, `${separator(text, environment)}"playbackKeys": [${written}]`);
  }
  const last = ring.items.at(-1);
  if (last === undefined) return splice(text, ring.start, ring.end, `[${written}]`);
  return splice(text, last.end, last.end, separator(text, ring) + written);
}

/** Makes an entry the first; those that were before it follow in their order, and what stands between them stays. */
export function makeFirst(settings: SettingsText, index: number): string {
  const items = ringSpan(settings)?.items ?? [];
  const texts = items.map(({ start, end }) => settings.text.slice(start, end));
  const ordered = [...texts.splice(index, 1), ...texts];
  // From behind, so that the places before are still where they were.
  return items.reduceRight(
    (text, { start, end }, place) => splice(text, start, end, ordered[place] ?? ""),
    settings.text,
  );
}

/** Takes an entry out, with what parted it from its neighbour. */
export function removeEntry(settings: SettingsText, index: number): string {
  const items = ringSpan(settings)?.items ?? [];
  const [one, before, after] = [items[index], items[index - 1], items[index + 1]];
  if (one === undefined) return settings.text;
  return splice(settings.text, before?.end ?? one.start, before ? one.end : (after?.start ?? one.end), "");
}
