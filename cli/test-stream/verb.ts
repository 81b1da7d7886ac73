import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { parseTimeLimit } from "./time-limit.ts";

export interface TestStreamOptions extends TargetOptions {
  readonly file?: string;
  /** Milliseconds. */
  readonly for?: number;
  readonly rtmp?: boolean;
}

/** `onair test-stream`. */
export const testStreamVerb: Verb = {
  examples: ["onair test-stream main-stage --for 1m", "onair test-stream main-stage --file holiday.mp4"],
  exitCodes:
    "0 ended by Ctrl-C or --for, 1 failed, 2 usage,\n4 nothing runs or answers, 6 no Python for ffmpeg, 130 not live yet.",
  define: (command) => {
    command
      .argument("<channel>", "name or ARN of the channel")
      .option("--file <file>", "send this, over and over, instead of the test clip")
      .option("--for <time>", "end after 90s, 10m or 1h instead of by Ctrl-C", parseTimeLimit)
      .option("--rtmp", "plain RTMP, where the channel allows insecure ingest");
    addTargetOptions(command);
  },
  run: async (terminal, [channel = ""], options) => {
    const { runTestStream } = await import("./run.ts");
    return runTestStream(terminal, channel, options as unknown as TestStreamOptions);
  },
};
