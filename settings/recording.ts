import * as v from "valibot";
import { name, oneOf, whole } from "./checks.ts";
import type { Problem } from "./settings-error.ts";

const rendition = oneOf(["FULL_HD", "HD", "SD", "LOWEST_RESOLUTION"]);

/** One or more values, each once. */
const some = <const Values extends readonly string[]>(values: Values) => {
  const rule = `is not a list of one or more of ${values.join(", ")}, each once`;
  return v.pipe(
    v.array(v.picklist(values, rule), rule),
    v.check((given) => given.length > 0 && new Set(given).size === given.length, rule),
  );
};

/**
 * One entry of the ring of recording configurations. An entry is never changed: add another before it. One that says
 * renditions, thumbnailResolution or thumbnailStorage, or no thumbnails, is declared by Cloud Control.
 */
export const recordingConfiguration = v.strictObject({
  name: name(),
  /** @default 30 */
  thumbnailIntervalSeconds: v.optional(
    v.union([v.literal("none"), whole(1, 60, "seconds")], 'is not a whole number, 1 to 60 seconds, nor "none"'),
    30,
  ),
  /** A stream that comes back in time goes on in the same recording. @default 60 */
  reconnectWindowSeconds: v.optional(whole(0, 300, "seconds"), 60),
  /** Which qualities are recorded; none leaves thumbnails alone. @default "all" */
  renditions: v.optional(
    v.union(
      [v.literal("all"), v.literal("none"), some(rendition.options)],
      `is not "all", "none" or a list of one or more of ${rendition.options.join(", ")}, each once`,
    ),
  ),
  /** Of which quality thumbnails are, where a stream has it. @default of the input */
  thumbnailResolution: v.optional(rendition),
  /** SEQUENTIAL keeps every thumbnail, LATEST one that is always the last. @default ["SEQUENTIAL"] */
  thumbnailStorage: v.optional(some(["SEQUENTIAL", "LATEST"])),
});

type Recording = v.InferOutput<typeof recordingConfiguration>;

/** What entries say of thumbnails that they do not take. */
export function thumbnailProblems(entries: readonly Recording[]): Problem[] {
  const rule = 'is of thumbnails, and thumbnailIntervalSeconds is "none"';
  return entries.flatMap((entry, index) =>
    (["thumbnailResolution", "thumbnailStorage"] as const)
      .filter((setting) => entry.thumbnailIntervalSeconds === "none" && entry[setting] !== undefined)
      .map((setting) => ({ path: `recordingConfigurations[${index}].${setting}`, rule, got: entry[setting] })),
  );
}
