import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";

export interface DoctorOptions extends TargetOptions {
  readonly json?: boolean;
  readonly iPay?: boolean;
  /** The name of a run. */
  readonly sweep?: string;
}

/** `onair doctor`. */
export const doctorVerb: Verb = {
  examples: ["onair doctor", "onair doctor --aws --json"],
  exitCodes: "0 nothing failed, 1 a check failed, 2 usage, 4 no target.",
  define: (command) => {
    command
      .option("--json", "answer with one JSON object")
      .option("--i-pay", "make things on the account, to ask about unchecked facts")
      .option("--sweep <run>", "remove what an ended run of --i-pay left");
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const wanted = options as unknown as DoctorOptions;
    refuseOthers(wanted);
    if (wanted.sweep) return (await import("./probes/sweep.ts")).sweepRun(terminal, wanted.folder, wanted.sweep);
    if (wanted.iPay) return (await import("./probes/run.ts")).runProbes(terminal, wanted.folder);
    return (await import("./run.ts")).runDoctor(terminal, wanted);
  },
};

/** What makes or removes things is for AWS, and one of the two; reports are files. */
function refuseOthers({ aws, json, iPay, sweep }: DoctorOptions): void {
  if (!iPay && sweep === undefined) return;
  const [option, hint] = iPay ? ["--i-pay", "--i-pay"] : ["--sweep", `--sweep ${sweep}`];
  const rules: readonly (readonly [isBroken: boolean, rule: string])[] = [
    [iPay === true && sweep !== undefined, "doctor takes one of --i-pay and --sweep."],
    [json === true, `doctor ${option} has no answer in JSON: reports are kept in files.`],
    [!aws, `doctor ${option} is for AWS.`],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw new CliError("USAGE", broken[1], "Nothing was done.", `Try: onair doctor --aws ${hint}`);
}
