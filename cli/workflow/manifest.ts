import * as v from "valibot";
import type { Json } from "#domain/plan-review/plan.ts";
import { manifest } from "../manifest.ts";

/**
 * What a manifest names besides the stacks that were checked, by their names and in their places: whoever plans goes where it
 * leads. A stack that it leaves out would not be planned, and nobody would be told.
 *
 * @param checked the stacks that are there
 */
export function refusedInManifest(document: Json | undefined, checked: readonly string[]): string[] {
  if (document === undefined) return ["is missing"];
  const parsed = v.safeParse(manifest, document);
  if (!parsed.success) return parsed.issues.map((issue) => `${v.getDotPath(issue) ?? "its top"} ${issue.message}`);
  const { stacks } = parsed.output;
  return [
    ...checked.filter((stack) => !Object.hasOwn(stacks, stack)).map((stack) => `does not name ${stack}`),
    ...Object.entries(stacks).flatMap(([key, { name, workingDirectory, synthesizedStackPath }]) => {
      const place = `stacks/${key}`;
      return [
        ...(checked.includes(key) ? [] : [`names ${key}, which is not there`]),
        ...(name === key ? [] : [`calls ${key} ${name}`]),
        ...((workingDirectory ?? place) === place ? [] : [`has ${key} elsewhere than in ${place}`]),
        ...((synthesizedStackPath ?? `${place}/cdk.tf.json`) === `${place}/cdk.tf.json`
          ? []
          : [`has the document of ${key} elsewhere than in ${place}`]),
      ];
    }),
  ];
}
