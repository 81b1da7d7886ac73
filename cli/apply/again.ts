import { word } from "#domain/plan-review/guard/values.ts";
import { targetWords } from "../plan/prepare.ts";
import type { ApplyOptions } from "./verb.ts";

/** The command once more, with all that it was told, for a shell. */
export function applyAgain(named: readonly string[], options: ApplyOptions): string {
  const { reviewed, reviewedPlans, allow, wait } = options;
  const words = [
    ...named,
    ...targetWords(options),
    ...["--reviewed", reviewed],
    ...(reviewedPlans === undefined ? [] : ["--reviewed-plans", reviewedPlans]),
    ...(allow === undefined ? [] : ["--allow", allow]),
    ...(wait === "0s" ? [] : ["--wait", wait]),
  ];
  return ["onair apply", ...words.map(word)].join(" ");
}
