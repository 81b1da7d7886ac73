import { type Difference, differences } from "./differences.ts";
import type { ChannelState, RecordingState, RoomState, Tags } from "./state.ts";

/** Something that the service has, and what it is to be like: attributes that are not said stay as they are. */
export type Compared =
  | { readonly kind: "channel"; readonly is: ChannelState; readonly wanted: Partial<ChannelState> }
  | { readonly kind: "room"; readonly is: RoomState; readonly wanted: Partial<RoomState> }
  | { readonly kind: "recording configuration"; readonly is: RecordingState; readonly wanted: Partial<RecordingState> }
  | { readonly kind: "tags"; readonly is: Tags; readonly wanted: Tags };

/** One call of the service. */
export type Step =
  | { readonly kind: "update-channel"; readonly changes: Partial<ChannelState> }
  | { readonly kind: "update-room"; readonly changes: Partial<RoomState> }
  | { readonly kind: "tag"; readonly tags: Tags }
  | { readonly kind: "untag"; readonly keys: readonly string[] };

/** What AWS writes itself, and lets nobody remove. */
const isOfAws = (key: string): boolean => key.startsWith("aws:");

function tagDifferences(is: Tags, wanted: Tags): Difference[] {
  const gone = Object.keys(is).filter((key) => !isOfAws(key) && !Object.hasOwn(wanted, key));
  return [
    ...Object.entries(wanted)
      .filter(([key, value]) => !Object.hasOwn(is, key) || is[key] !== value)
      .map(([attribute, value]) => ({
        attribute,
        is: Object.hasOwn(is, attribute) ? is[attribute] : undefined,
        wanted: value,
      })),
    ...gone.map((attribute) => ({ attribute, is: is[attribute], wanted: undefined })),
  ];
}

/** What is not as it is wanted. */
export function differencesOf(compared: Compared): Difference[] {
  switch (compared.kind) {
    case "channel":
      return differences(compared.is, compared.wanted);
    case "room":
      return differences(compared.is, compared.wanted);
    case "recording configuration":
      return differences(compared.is, compared.wanted);
    case "tags":
      return tagDifferences(compared.is, compared.wanted);
  }
}

const changesOf = (found: readonly Difference[]): object =>
  Object.fromEntries(found.map(({ attribute, wanted }) => [attribute, wanted]));

/** The calls that make it as it is wanted: none where it is. The service has none for a recording configuration. */
export function stepsFor(compared: Compared): Step[] {
  const found = differencesOf(compared);
  if (found.length === 0 || compared.kind === "recording configuration") return [];
  if (compared.kind === "channel") return [{ kind: "update-channel", changes: changesOf(found) }];
  if (compared.kind === "room") return [{ kind: "update-room", changes: changesOf(found) }];
  const written = found.filter(({ wanted }) => wanted !== undefined);
  const keys = found.filter(({ wanted }) => wanted === undefined).map(({ attribute }) => attribute);
  return [
    ...(written.length > 0 ? [{ kind: "tag" as const, tags: changesOf(written) as Tags }] : []),
    ...(keys.length > 0 ? [{ kind: "untag" as const, keys }] : []),
  ];
}
