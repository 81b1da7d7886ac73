/** How encoders may send several renditions at once. */
export interface Multitrack {
  readonly policy: "ALLOW" | "REQUIRE";
  readonly maximumResolution: "SD" | "HD" | "FULL_HD";
}

/** What is compared of a channel, under the names that IVS gives it. */
export interface ChannelState {
  readonly type: string;
  /** Empty where the type has none. */
  readonly preset: string;
  readonly latencyMode: string;
  readonly authorized: boolean;
  readonly insecureIngest: boolean;
  /** Null where encoders send one rendition. */
  readonly multitrack: Multitrack | null;
  /** Empty where it is not recorded. */
  readonly recordingConfigurationArn: string;
  /** Empty where it is watched from everywhere. */
  readonly playbackRestrictionPolicyArn: string;
}

/** What is compared of a room, under the names that IVS Chat gives it. */
export interface RoomState {
  readonly name: string;
  readonly maximumMessageLength: number;
  readonly maximumMessageRatePerSecond: number;
  /** Null where messages are not reviewed. */
  readonly messageReviewHandler: { readonly uri: string; readonly fallbackResult: string } | null;
  /** In any order. */
  readonly loggingConfigurationIdentifiers: readonly string[];
}

/** What is compared of a recording configuration, which the service never changes. */
export interface RecordingState {
  readonly thumbnailIntervalSeconds: number | "none";
  readonly reconnectWindowSeconds: number;
  readonly renditions: "all" | "none" | readonly string[];
  /** Empty where thumbnails are as the input is, or none are taken. */
  readonly thumbnailResolution: string;
  /** In any order; empty where none are taken. */
  readonly thumbnailStorage: readonly string[];
}

export type Tags = Readonly<Record<string, string>>;
