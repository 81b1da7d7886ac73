import type { Operations, Shapes } from "../service-model/generated/ivs.types.ts";
import type { Call, OperationTable } from "../service-model/service.ts";
import { createState, type State } from "../service-model/state.ts";
import type { AdConfiguration } from "./ad-configuration.ts";
import type { Channel } from "./channel.ts";
import type { StreamSession } from "./live-streams.ts";
import type { IvsSettings } from "./options.ts";
import type { PlaybackKeyPair } from "./playback-key-pair.ts";
import type { PlaybackRestrictionPolicy } from "./playback-restriction-policy.ts";
import type { OpenRecording } from "./recording/open-recording.ts";
import type { RecordingConfiguration } from "./recording-configuration.ts";
import type { ViewerSessionRevocation } from "./viewer-session.ts";

/** What IVS remembers of one account and region, each by its ARN. */
export interface IvsRows {
  readonly channels: Channel;
  readonly streamKeys: Required<Shapes["StreamKey"]>;
  readonly recordingConfigurations: RecordingConfiguration;
  readonly playbackKeyPairs: PlaybackKeyPair;
  readonly playbackRestrictionPolicies: PlaybackRestrictionPolicy;
  readonly adConfigurations: AdConfiguration;
  /** By channel ARN and viewer id. */
  readonly viewerSessionRevocations: ViewerSessionRevocation;
  /** By channel ARN and stream id. */
  readonly streamSessions: StreamSession;
  /** By session id; only those that have not ended. */
  readonly recordings: OpenRecording;
}

/** What each IVS operation gets besides its input. */
export type IvsCall = Call<IvsRows> & { readonly settings: IvsSettings };

/** The type of one operation. */
export type Operation<Name extends keyof Operations> = OperationTable<Operations, IvsCall>[Name];

/** An empty state. */
export const createIvsState = (): State<IvsRows> =>
  createState<IvsRows>([
    "channels",
    "streamKeys",
    "recordingConfigurations",
    "playbackKeyPairs",
    "playbackRestrictionPolicies",
    "adConfigurations",
    "viewerSessionRevocations",
    "streamSessions",
    "recordings",
  ]);
