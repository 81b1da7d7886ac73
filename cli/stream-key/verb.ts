import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

/** `onair stream-key`. */
export const streamKeyVerb: Verb = {
  examples: ["onair stream-key main-stage", "onair stream-key main-stage --aws"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command.argument("<channel>", "name or ARN of the channel");
    addTargetOptions(command);
  },
  run: async (terminal, [channel = ""], options) => {
    const { showStreamKey } = await import("./show-stream-key.ts");
    return showStreamKey(terminal, channel, options as unknown as TargetOptions);
  },
};
