import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";

export interface DoctorOptions extends TargetOptions {
  readonly json?: boolean;
  readonly iPay?: boolean;
}

/** `onair doctor`. */
export const doctorVerb: Verb = {
  examples: ["onair doctor", "onair doctor --aws --json"],
  exitCodes: "0 nothing failed, 1 a check failed, 2 usage, 4 no target.",
  define: (command) => {
    command
      .option("--json", "answer with one JSON object")
      .option("--i-pay", "make things on the account, to ask about unchecked facts");
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const wanted = options as unknown as DoctorOptions;
    if (wanted.iPay && (!wanted.aws || wanted.json)) {
      const what = wanted.json ? "doctor --i-pay keeps its report in files." : "doctor --i-pay is for AWS.";
      throw new CliError("USAGE", what, "Nothing was done.", "Try: onair doctor --aws --i-pay");
    }
    if (wanted.iPay) return (await import("./probes/run.ts")).runProbes(terminal, wanted);
    return (await import("./run.ts")).runDoctor(terminal, wanted);
  },
};
