import {
  BatchGetChannelCommand,
  GetRecordingConfigurationCommand,
  type IvsClient,
  ListTagsForResourceCommand,
  type RenditionConfiguration,
  type ThumbnailConfiguration,
} from "@aws-sdk/client-ivs";
import { GetRoomCommand, type IvschatClient } from "@aws-sdk/client-ivschat";
import type { Pace } from "#domain/accounts/ports.ts";
import type { ChannelState, RecordingState, RoomState, Tags } from "#domain/converge/state.ts";
import { ask, isNamed } from "../accounts/refusals.ts";
import { multitrackOf } from "../ivs/multitrack.ts";

/** A channel or room as the service has it. */
export interface Read<State> {
  readonly state: State;
  readonly tags: Tags;
}

/** BatchGetChannel takes no more at once. */
export const channelsAtOnce = 50;

/** Channels by ARN; those that are not there are left out. */
export async function readChannels(
  ivs: IvsClient,
  pace: Pace,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Read<ChannelState>>> {
  const found = new Map<string, Read<ChannelState>>();
  for (let start = 0; start < arns.length; start += channelsAtOnce) {
    await pace.turn("BatchGetChannel");
    const get = new BatchGetChannelCommand({ arns: arns.slice(start, start + channelsAtOnce) });
    const { channels = [] } = await ask("BatchGetChannel", ivs.send(get));
    for (const { arn = "", tags = {}, ...channel } of channels) {
      const { type = "", preset = "", latencyMode = "", recordingConfigurationArn = "" } = channel;
      const { authorized = false, insecureIngest = false, playbackRestrictionPolicyArn = "" } = channel;
      const state = {
        ...{ type, preset, latencyMode, authorized, insecureIngest, recordingConfigurationArn },
        playbackRestrictionPolicyArn,
        multitrack: multitrackOf(channel.multitrackInputConfiguration),
      };
      found.set(arn, { state, tags });
    }
  }
  return found;
}

/** The answer of a call; undefined where what it names is not there. */
const unlessGone = <Answer>(operation: string, call: Promise<Answer>): Promise<Answer | undefined> =>
  ask(
    operation,
    call.catch((error: unknown) => {
      if (isNamed(error, "ResourceNotFoundException")) return undefined;
      throw error;
    }),
  );

/** A room; undefined where there is none. */
export async function readRoom(
  chat: IvschatClient,
  pace: Pace,
  identifier: string,
): Promise<Read<RoomState> | undefined> {
  await pace.turn("GetRoom");
  const room = await unlessGone("GetRoom", chat.send(new GetRoomCommand({ identifier })));
  if (room === undefined) return undefined;
  const {
    name = "",
    maximumMessageLength = 0,
    maximumMessageRatePerSecond = 0,
    messageReviewHandler,
    tags = {},
  } = room;
  const { uri = "", fallbackResult = "" } = messageReviewHandler ?? {};
  const { loggingConfigurationIdentifiers = [] } = room;
  const state = {
    ...{ name, maximumMessageLength, maximumMessageRatePerSecond, loggingConfigurationIdentifiers },
    messageReviewHandler: uri === "" ? null : { uri, fallbackResult },
  };
  return { state, tags };
}

/** A recording configuration; undefined where there is none. */
export async function readRecording(ivs: IvsClient, pace: Pace, arn: string): Promise<RecordingState | undefined> {
  await pace.turn("GetRecordingConfiguration");
  const get = ivs.send(new GetRecordingConfigurationCommand({ arn }));
  const configuration = (await unlessGone("GetRecordingConfiguration", get))?.recordingConfiguration;
  if (configuration === undefined) return undefined;
  const { thumbnailConfiguration, recordingReconnectWindowSeconds = 0, renditionConfiguration } = configuration;
  return {
    ...thumbnailsOf(thumbnailConfiguration),
    reconnectWindowSeconds: recordingReconnectWindowSeconds,
    renditions: renditionsOf(renditionConfiguration),
  };
}

function thumbnailsOf(configuration: ThumbnailConfiguration = {}) {
  const { recordingMode, targetIntervalSeconds = 60, resolution = "", storage = ["SEQUENTIAL"] } = configuration;
  return recordingMode === "DISABLED"
    ? { thumbnailIntervalSeconds: "none" as const, thumbnailResolution: "", thumbnailStorage: [] }
    : { thumbnailIntervalSeconds: targetIntervalSeconds, thumbnailResolution: resolution, thumbnailStorage: storage };
}

function renditionsOf({ renditionSelection, renditions = [] }: RenditionConfiguration = {}) {
  if (renditionSelection === "NONE") return "none";
  return renditionSelection === "CUSTOM" ? renditions : "all";
}

/** The tags of something in IVS; undefined where it is not there. */
export async function readTags(ivs: IvsClient, pace: Pace, resourceArn: string): Promise<Tags | undefined> {
  await pace.turn("ListTagsForResource");
  const listed = await unlessGone("ListTagsForResource", ivs.send(new ListTagsForResourceCommand({ resourceArn })));
  return listed === undefined ? undefined : (listed.tags ?? {});
}
