import type { ChannelState, RecordingState, RoomState, Tags } from "#domain/converge/state.ts";
import type { Settings } from "#settings/schema.ts";

/** ARNs of what is deployed, by the names that settings give it. */
export interface Deployed {
  readonly channels: Readonly<Record<string, { readonly arn: string; readonly room_arn: string }>>;
  readonly recordingConfigurations: Readonly<Record<string, string>>;
  readonly playbackKeys: Readonly<Record<string, string>>;
  readonly loggingConfigurations: Readonly<Record<string, string>>;
  /** Absent where the platform has none. */
  readonly playbackRestrictionPolicyArn?: string | undefined;
  readonly reviewFunctionArn: string;
}

/** What settings want of everything, as far as what it needs is deployed. */
export interface Wanted {
  /** By name of the house's channel. */
  readonly house: Readonly<
    Record<string, { readonly channel: Partial<ChannelState>; readonly room: Partial<RoomState> }>
  >;
  /** Of a user, but for who may watch: that stands in the account's row. */
  readonly user: { readonly channel: Partial<ChannelState>; readonly room: Partial<RoomState> };
  /** By name in the ring. */
  readonly recordings: Readonly<Record<string, RecordingState>>;
  /** On all that Terraform makes. */
  readonly tags: Tags;
  /** What settings name and the platform does not have yet. */
  readonly undeployed: readonly string[];
}

type CommonChannelSettings = Settings["accounts"]["channel"];
type RoomSettings = Settings["channels"][number]["room"];

/** What channels, rooms and rings are to be like, by the settings of an environment. */
export function wantedOf(environment: string, settings: Settings, deployed: Deployed): Wanted {
  const { accounts, recordingConfigurations, channels, playbackKeys } = settings;
  const recording = currentRecording(settings, deployed);
  const logging = currentLogging(settings, deployed);
  const recordedBy = (recorded: boolean) => {
    if (!recorded) return { recordingConfigurationArn: "" };
    return recording === undefined ? {} : { recordingConfigurationArn: recording };
  };
  const channelOf = ({ recorded, ...channel }: CommonChannelSettings): Partial<ChannelState> => ({
    type: channel.type,
    latencyMode: channel.latencyMode,
    insecureIngest: channel.insecureIngest,
    multitrack: channel.multitrack ?? null,
    ...(channel.preset !== undefined && { preset: channel.preset }),
    ...recordedBy(recorded),
    ...restrictedBy(settings, deployed),
  });
  const roomOf = (room: RoomSettings): Partial<RoomState> => ({
    maximumMessageLength: room.maximumMessageLength,
    maximumMessageRatePerSecond: room.maximumMessageRatePerSecond,
    messageReviewHandler: { uri: deployed.reviewFunctionArn, fallbackResult: room.reviewFallback },
    ...(logging !== undefined && { loggingConfigurationIdentifiers: logging }),
  });
  return {
    house: Object.fromEntries(
      channels.map(({ name, access, room, ...channel }) => [
        name,
        {
          channel: { ...channelOf(channel), authorized: access === "private" },
          // As constructs/ivschat/room.ts names it, so that Terraform finds nothing to do.
          room: {
            ...roomOf(room),
            name: `${name}-${room.maximumMessageLength}-${room.maximumMessageRatePerSecond}`,
          },
        },
      ]),
    ),
    user: {
      channel: channelOf(accounts.channel),
      room: roomOf(accounts.room),
    },
    recordings: Object.fromEntries(recordingConfigurations.map((entry) => [entry.name, recordingOf(entry)])),
    tags: { ...settings.tags, "onair:environment": environment },
    undeployed: [
      ...missing("channel", channels, deployed.channels),
      ...missing("recording configuration", recordingConfigurations, deployed.recordingConfigurations),
      ...missing("playback key", playbackKeys, deployed.playbackKeys),
      ...missing("logging configuration", settings.loggingConfigurations, deployed.loggingConfigurations),
      ...(isRestricted(settings) && !deployed.playbackRestrictionPolicyArn ? ["playback restriction policy"] : []),
    ],
  };
}

function recordingOf(entry: Settings["recordingConfigurations"][number]): RecordingState {
  const { thumbnailIntervalSeconds, reconnectWindowSeconds, renditions = "all" } = entry;
  const { thumbnailResolution = "", thumbnailStorage = ["SEQUENTIAL"] } = entry;
  const storage = thumbnailIntervalSeconds === "none" ? [] : thumbnailStorage;
  return {
    ...{ thumbnailIntervalSeconds, reconnectWindowSeconds, renditions },
    ...{ thumbnailResolution, thumbnailStorage: storage },
  };
}

const missing = (kind: string, entries: readonly { readonly name: string }[], deployed: object): string[] =>
  entries.filter(({ name }) => !Object.hasOwn(deployed, name)).map(({ name }) => `${kind} ${name}`);

const isRestricted = ({ playback }: Settings): boolean => playback.restriction !== undefined;

/** Nothing while the policy is not deployed; no policy where settings have none, so that it can go. */
function restrictedBy(settings: Settings, { playbackRestrictionPolicyArn }: Deployed): Partial<ChannelState> {
  if (!isRestricted(settings)) return { playbackRestrictionPolicyArn: "" };
  return playbackRestrictionPolicyArn ? { playbackRestrictionPolicyArn } : {};
}

/** The first entry of the ring; undefined while it is not deployed. */
const currentRecording = ({ recordingConfigurations: [first] }: Settings, { recordingConfigurations }: Deployed) =>
  first && recordingConfigurations[first.name];

/** The first entry of each destination; undefined while one of them is not deployed. */
function currentLogging({ loggingConfigurations: entries }: Settings, { loggingConfigurations: arns }: Deployed) {
  const isToS3 = ({ s3 }: (typeof entries)[number]) => s3 !== undefined;
  const firsts = [entries.find(isToS3), entries.find((entry) => !isToS3(entry))].flatMap((entry) => entry ?? []);
  const found = firsts.flatMap(({ name }) => arns[name] ?? []);
  return found.length === firsts.length ? found : undefined;
}
