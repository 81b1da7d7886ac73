import { Argument } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { wholeNumber } from "../terminal/whole-number.ts";

export interface ReplayOptions extends TargetOptions {
  readonly queue: string;
  readonly limit: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `onair events`. */
export const eventsVerb: Verb = {
  examples: ["onair events replay", "onair events replay --queue accounts --dry-run"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command
      .addArgument(new Argument("<action>", "put dead letters back into their queue").choices(["replay"]))
      .option("--queue <name>", "stream-state, accounts, webhooks, disconnects", "stream-state")
      .option("--limit <n>", "most messages, 1 to 100000", wholeNumber(1, 100_000), 1000)
      .option("--dry-run", "only say how many there are")
      .option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const { replayEvents } = await import("./replay.ts");
    return replayEvents(terminal, options as unknown as ReplayOptions);
  },
};
