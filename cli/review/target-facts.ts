import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import {
  channelsWithConfigurations,
  countLoggingConfigurations,
  countPlaybackKeyPairs,
  countRecordingConfigurations,
  type Naming,
  roomsWithLogging,
} from "#aws/ivs/configurations.ts";
import { listStreams } from "#aws/ivs/streams.ts";
import { asOwnTypes } from "#domain/plan-review/cloud-control.ts";
import type { ConfigurationUser, Facts, LiveChannel } from "#domain/plan-review/guard/finding.ts";
import type { Action, StackPlan } from "#domain/plan-review/plan.ts";
import { ivsFailure } from "../onair/ivs-failure.ts";

/** Pages are asked for one by one; a service that takes 5 calls a second is waited for. */
const maxAttempts = 10;

type TargetFacts = Required<Pick<Facts, "liveChannels" | "users" | "present">>;

/**
 * What the target has now, as far as the plans are about it: who is live; who uses a configuration, where one goes; how
 * many there are, where some are made.
 *
 * @throws CliError AWS_UNREACHABLE, AWS_REFUSED
 */
export async function readTargetFacts(
  region: string,
  plans: readonly StackPlan[],
  again: string,
): Promise<TargetFacts> {
  const ivs = new IvsClient({ region, maxAttempts });
  const chat = new IvschatClient({ region, maxAttempts });
  const known = plans.map(({ plan }) => asOwnTypes(plan));
  const has = (wanted: string, ...actions: readonly Action[]) =>
    known.some((plan) => plan.changes.some(({ type, action }) => type === wanted && actions.includes(action)));
  const users = new Map<string, ConfigurationUser[]>();
  const present = new Map<string, number>();
  const list = async (type: string, configurations: readonly string[], read: () => Promise<Naming[]>) => {
    const goes = configurations.some((configuration) => has(configuration, "delete", "replace"));
    if (!has(type, "create", "replace") && !goes) return;
    const found = await read();
    present.set(type, found.length);
    for (const { arn, name, configurations } of found) {
      for (const one of configurations) users.set(one, [...(users.get(one) ?? []), { arn, name }]);
    }
  };
  const count = async (type: string, read: () => Promise<number>) => {
    if (has(type, "create", "replace")) present.set(type, await read());
  };
  try {
    const streams = await listStreams(ivs);
    await list("aws_ivs_channel", ["aws_ivs_recording_configuration", "aws_ivs_playback_restriction_policy"], () =>
      channelsWithConfigurations(ivs),
    );
    await list("aws_ivschat_room", ["aws_ivschat_logging_configuration"], () => roomsWithLogging(chat));
    await count("aws_ivs_playback_key_pair", () => countPlaybackKeyPairs(ivs));
    await count("aws_ivs_recording_configuration", () => countRecordingConfigurations(ivs));
    await count("aws_ivschat_logging_configuration", () => countLoggingConfigurations(chat));
    const liveChannels = new Map<string, LiveChannel>(
      streams.map(({ channelArn, since }) => [channelArn, { since: since.toISOString() }]),
    );
    return { liveChannels, users, present };
  } catch (thrown) {
    throw ivsFailure(thrown, again);
  } finally {
    ivs.destroy();
    chat.destroy();
  }
}
