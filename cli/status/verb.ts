import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface StatusOptions extends TargetOptions {
  readonly json?: boolean;
}

/** `onair status`. */
export const statusVerb: Verb = {
  examples: ["onair status", "onair status --json"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command.option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const { runStatus } = await import("./run.ts");
    return runStatus(terminal, options as unknown as StatusOptions);
  },
};
