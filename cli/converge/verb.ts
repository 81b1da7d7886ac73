import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface ConvergeOptions extends TargetOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `onair converge`. */
export const convergeVerb: Verb = {
  examples: ["onair converge --check", "onair converge --aws"],
  exitCodes: "0 all is as settings say, 1 something is left, 2 usage, 4 no target.",
  define: (command) => {
    command.option("--check", "change nothing, list what differs").option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, _args, options) => {
    const { runConverge } = await import("./run.ts");
    return runConverge(terminal, options as unknown as ConvergeOptions);
  },
};
