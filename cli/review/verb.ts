import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface ReviewOptions extends TargetOptions {
  readonly markdown?: string;
  readonly json?: string;
  readonly allow?: string;
  readonly liveFromTarget?: boolean;
}

/** `onair review`. */
export const reviewVerb: Verb = {
  examples: [
    "onair review platform.json --live-from-target",
    "onair review platform.json state.json --markdown out.md --allow allowed.json",
  ],
  exitCodes: "0 may be applied, 1 refused or failed, 2 usage, 4 no target.",
  define: (command) => {
    command
      .argument("<plan...>", "what terraform show -json prints; <stack>.json")
      .option("--markdown <file>", "write the summary there, not to stdout")
      .option("--json <file>", "write it for programs there, too")
      .option("--allow <file>", "findings that people let pass, as JSON")
      .option("--live-from-target", "ask it who is live and what is in use, and refuse by that");
    addTargetOptions(command);
  },
  run: async (terminal, plans, options) => {
    const { runReview } = await import("./run.ts");
    return runReview(terminal, plans, options as unknown as ReviewOptions);
  },
};
