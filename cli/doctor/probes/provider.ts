import { GetChannelCommand, GetRecordingConfigurationCommand } from "@aws-sdk/client-ivs";
import { GetRoomCommand } from "@aws-sdk/client-ivschat";
import type { RunContext } from "../../run-context.ts";
import { parseErrors } from "../../terraform/terraform-text.ts";
import type { Lab } from "./probe.ts";
import type { Result } from "./report.ts";
import { onStack } from "./stack-run.ts";

const channel = "constructs/ivs/channel.ts";
const recording = "constructs/ivs/recording-configuration.ts";
const room = "constructs/ivschat/room.ts";

/** What a plan ends with where it finds nothing to do, or something. */
const planned = { 0: "nothing to do", 1: "refused", 2: "changes" } as const;

/** Plans with the stack's variables changed. */
async function plan(context: RunContext, variables?: Parameters<typeof onStack>[2]) {
  // What a change makes of it needs no second look at what there is.
  const flags = variables === undefined ? [] : ["-refresh=false"];
  const { finished, lines } = await onStack(context, ["plan", "-detailed-exitcode", ...flags], variables);
  const said = planned[(finished.code ?? 1) as keyof typeof planned];
  const [error] = parseErrors(lines);
  return { said, seen: error === undefined ? said : `${said}: ${error.summary}` };
}

/** Plans that tell what the provider makes of the stack as it stands, and of two changes. */
export async function askPlans(context: RunContext): Promise<readonly Result[]> {
  const again = await plan(context);
  const silent = await plan(context, { recorded: false });
  const fast = await plan(context, { room_rate: 11 });
  return [
    { place: "stacks/doctor/stack.ts", fact: "a second plan finds nothing to do", ...judged(again, "nothing to do") },
    {
      place: channel,
      fact: "a channel that is not to be recorded any more is no change",
      ...judged(silent, "nothing to do"),
    },
    { place: room, fact: "a room with 11 messages a second is refused", ...judged(fast, "refused") },
  ];
}

const judged = ({ said, seen }: Awaited<ReturnType<typeof plan>>, expected: string) => ({
  agrees: said === expected,
  seen,
});

/**
 * Makes at once the changes that are not carried out, or never end: a private channel made public, another interval of
 * thumbnails, another rate of a room alone. Each is given up after 10 seconds.
 */
export async function askChanges(context: RunContext, { ivs, chat, stack }: Lab): Promise<readonly Result[]> {
  const changes = { authorized: false, thumbnail_seconds: 10, room_rate: 9 };
  const { lines } = await onStack(context, ["apply", "-auto-approve"], changes);
  const errors = parseErrors(lines);
  const saidOf = (type: string) => errors.find(({ resource }) => resource?.startsWith(`${type}.`))?.summary;
  const { channel: now } = await ivs.send(new GetChannelCommand({ arn: stack.channelArn }));
  const recordingArn = { arn: stack.spareRecordingArn };
  const { recordingConfiguration } = await ivs.send(new GetRecordingConfigurationCommand(recordingArn));
  const seconds = recordingConfiguration?.thumbnailConfiguration?.targetIntervalSeconds;
  const { maximumMessageRatePerSecond: rate } = await chat.send(new GetRoomCommand({ identifier: stack.roomArn }));
  const failed = (type: string, unchanged: boolean, value: string) => {
    const said = saidOf(type);
    return { agrees: said !== undefined && unchanged, seen: `${value}; ${said ?? "Terraform says that it is done"}` };
  };
  return [
    {
      place: channel,
      fact: "a private channel is not made public, and Terraform waits in vain",
      ...failed(
        "aws_ivs_channel",
        now?.authorized === true,
        `the channel is ${now?.authorized ? "private" : "public"}`,
      ),
    },
    {
      place: recording,
      fact: "another interval of thumbnails is planned, and then refused",
      ...failed("aws_ivs_recording_configuration", seconds === 30, `${seconds} seconds`),
    },
    {
      place: room,
      fact: "another rate alone is carried out, and Terraform waits in vain",
      ...failed("aws_ivschat_room", rate === 9, `${rate} a second`),
    },
  ];
}
