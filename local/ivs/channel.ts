import { arnFor } from "../service-model/arn.ts";
import { conflict, quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Operations, Shapes } from "../service-model/generated/ivs.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { batchOf } from "./batch.ts";
import { checkChannel, presetFor } from "./channel-rules.ts";
import { addressOf } from "./options.ts";
import type { IvsCall, Operation } from "./state.ts";
import { addStreamKey, keysOfChannel } from "./stream-key.ts";
import { forgetRevocations } from "./viewer-session.ts";

/** A channel as it is kept: everything but its addresses, which are made when it is shown. */
export type Channel = Required<
  Omit<Shapes["Channel"], "ingestEndpoint" | "playbackUrl" | "srt" | "multitrackInputConfiguration">
> &
  Pick<Shapes["Channel"], "multitrackInputConfiguration">;

const defaults: Omit<Channel, "arn"> = {
  name: "",
  type: "STANDARD",
  latencyMode: "LOW",
  authorized: false,
  insecureIngest: false,
  preset: "",
  containerFormat: "TS",
  recordingConfigurationArn: "",
  playbackRestrictionPolicyArn: "",
  adConfigurationArn: "",
  tags: {},
};

const settable = [
  "name",
  "type",
  "latencyMode",
  "authorized",
  "insecureIngest",
  "preset",
  "containerFormat",
  "recordingConfigurationArn",
  "playbackRestrictionPolicyArn",
  "adConfigurationArn",
  "multitrackInputConfiguration",
] as const;

/**
 * A channel as answers show it. `srt` is left out, which the model allows: nothing here receives SRT, and an address
 * with a passphrase would say otherwise.
 */
export const showChannel = ({ settings }: IvsCall, channel: Channel): Shapes["Channel"] => ({
  ...channel,
  ingestEndpoint: settings.ingestEndpoint(addressOf(channel.arn)),
  playbackUrl: settings.playbackUrl(addressOf(channel.arn)),
});

// The wording was reported from a real account for UpdateChannel; unverified for others.
const refuseWhileLive = ({ settings }: IvsCall, operation: keyof Operations, arn: string) => {
  if (settings.liveStreams.find(arn) === undefined) return;
  throw conflict(arn, `Unable to perform: ivs:${operation} while resource: ${arn} is live`);
};

const save = (call: IvsCall, before: Omit<Channel, "arn">, input: Partial<Channel>, arn: string): Channel => {
  const wanted = { ...before, ...pick(input, settable), arn };
  const channel = { ...wanted, preset: presetFor(wanted, input.preset) };
  checkChannel(call, channel, input);
  call.tables.channels.put(arn, channel);
  return channel;
};

export const createChannel: Operation<"CreateChannel"> = (call, input) => {
  const { tables, settings } = call;
  if (tables.channels.size >= settings.quotas.channels) throw quotaExceeded("channels", settings.quotas.channels);
  const channel = save(call, { ...defaults, tags: input.tags ?? {} }, input, arnFor("ivs", call, "channel", newId()));
  return { channel: showChannel(call, channel), streamKey: addStreamKey(call, channel.arn, {}) };
};

export const getChannel: Operation<"GetChannel"> = (call, { arn }) => ({
  channel: showChannel(call, find(call.tables.channels, arn)),
});

export const batchGetChannel: Operation<"BatchGetChannel"> = (call, { arns }) => {
  const { found, errors } = batchOf(arns, (arn) => showChannel(call, find(call.tables.channels, arn)));
  return { channels: found, errors };
};

export const updateChannel: Operation<"UpdateChannel"> = (call, input) => {
  const before = find(call.tables.channels, input.arn);
  refuseWhileLive(call, "UpdateChannel", input.arn);
  return { channel: showChannel(call, save(call, before, input, input.arn)) };
};

export const deleteChannel: Operation<"DeleteChannel"> = async (call, { arn }) => {
  const { tables } = call;
  find(tables.channels, arn);
  refuseWhileLive(call, "DeleteChannel", arn);
  await call.settings.liveStreams.forget(arn);
  for (const key of keysOfChannel(call, arn)) tables.streamKeys.delete(key.arn);
  forgetRevocations(call, arn);
  for (const { streamId } of call.settings.liveStreams.sessions(arn))
    tables.streamSessions.delete(`${arn} ${streamId}`);
  tables.channels.delete(arn);
  return undefined;
};

const filters = {
  filterByName: "name",
  filterByRecordingConfigurationArn: "recordingConfigurationArn",
  filterByPlaybackRestrictionPolicyArn: "playbackRestrictionPolicyArn",
  filterByAdConfigurationArn: "adConfigurationArn",
} as const;

const summary = [
  "arn",
  "name",
  "type",
  "latencyMode",
  "authorized",
  "insecureIngest",
  "preset",
  "recordingConfigurationArn",
  "playbackRestrictionPolicyArn",
  "adConfigurationArn",
  "tags",
] as const;

export const listChannels: Operation<"ListChannels"> = (call, input) => {
  // An empty filter counts as none (unverified).
  const given = (Object.keys(filters) as (keyof typeof filters)[]).filter((filter) => input[filter]);
  const [filter] = given;
  if (given.length > 1) throw conflict("", "Filters are mutually exclusive and cannot be used together");
  const matches = call.tables.channels
    .all()
    .filter((channel) => filter === undefined || channel[filters[filter]] === input[filter]);
  const scope = ["ListChannels", call.accountId, call.region, filter, filter && input[filter]];
  const { items, nextToken } = page(matches, input, { scope, size: 100, key: ({ arn }) => arn });
  return { channels: items.map((channel) => pick(channel, summary)), nextToken };
};
