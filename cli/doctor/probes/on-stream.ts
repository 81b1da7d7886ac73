import { InsertAdBreakCommand, UpdateChannelCommand } from "@aws-sdk/client-ivs";
import { type Probe, refusalOf } from "./probe.ts";

/** An error of IVS has its words in a field of its own. */
const wordsOf = (refused: Error | undefined): string =>
  (refused as { exceptionMessage?: string } | undefined)?.exceptionMessage ?? refused?.message ?? "";

/** What can be asked while the run's channel is live. */
export const onStream: readonly Probe[] = [
  {
    place: "domain/plan-review/guard/live.ts",
    fact: "a channel that is live is not changed: ConflictException, in the words that reviews tell",
    run: async ({ ivs, stack: { channelArn: arn } }) => {
      const refused = await refusalOf(ivs.send(new UpdateChannelCommand({ arn, latencyMode: "NORMAL" })));
      const words = wordsOf(refused);
      const expected = `Unable to perform: ivs:UpdateChannel while resource: ${arn} is live`;
      return {
        agrees: refused?.name === "ConflictException" && words === expected,
        seen: `${refused?.name}: ${words}`,
      };
    },
  },
  {
    place: "local/ivs/stream.ts",
    fact: "InsertAdBreak on a channel without an ad configuration is a ConflictException",
    run: async ({ ivs, stack: { channelArn } }) => {
      const refused = await refusalOf(ivs.send(new InsertAdBreakCommand({ channelArn, durationSeconds: 30 })));
      return { agrees: refused?.name === "ConflictException", seen: `${refused?.name}: ${wordsOf(refused)}` };
    },
  },
];
