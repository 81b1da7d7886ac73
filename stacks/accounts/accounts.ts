import { Construct } from "constructs";
import type { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import type { IPlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import type { IRecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import type { ILoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import type { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Queue } from "#constructs/queue/queue.ts";
import type { AccountsSettings } from "#settings/accounts.ts";
import type { PlaybackSettings } from "#settings/playback.ts";
import { PlatformApi } from "./api.ts";
import { Identity } from "./identity.ts";
import { LiveState } from "./live-state.ts";
import { Moderation } from "./moderation.ts";
import { Pictures } from "./pictures.ts";
import type { PlatformTable } from "./platform-table.ts";
import { PlaybackTokens } from "./playback-tokens.ts";
import { Provisioning } from "./provisioning.ts";

export interface AccountsProps {
  /** In the tag `onair:environment`. */
  readonly environmentName: string;
  readonly settings: AccountsSettings;
  readonly playback: PlaybackSettings;
  readonly playbackKeys: PlaybackKeyRing;
  readonly table: PlatformTable;
  /** For channels whose settings say that they are recorded. */
  readonly recording?: IRecordingConfiguration | undefined;
  readonly restriction?: IPlaybackRestrictionPolicy | undefined;
  readonly reviewHandler: ReviewHandler;
  readonly logging: readonly ILoggingConfiguration[];
}

/** People who sign up: who they are, what they get, what is known of it, and the API that serves them. */
export class Accounts extends Construct {
  readonly identity: Identity;
  readonly api: PlatformApi;
  /** Queues by what waits in them. */
  readonly queues: Readonly<Record<string, Queue>>;

  constructor(scope: Construct, id: string, props: AccountsProps) {
    super(scope, id);
    const { environmentName, settings, playback, playbackKeys: keys, table } = props;
    const { recording, restriction, reviewHandler, logging } = props;
    const workQueue = new Queue(this, "work");
    const pictures = new Pictures(this, "pictures", { allowedOrigins: settings.allowedOrigins });
    this.identity = new Identity(this, "identity", { accounts: settings, table, workQueue });
    const { userPool, client } = this.identity;
    new Provisioning(this, "provisioning", {
      ...{ environmentName, accounts: settings, table, workQueue, userPool },
      ...{ pictures, recording, restriction, reviewHandler, logging },
    });
    const liveState = new LiveState(this, "live-state", { table, accounts: settings });
    const { disconnects } = new Moderation(this, "moderation", { table, environmentName });
    const playbackTokens = new PlaybackTokens(this, "playback", { table, keys, playback, accounts: settings });
    this.api = new PlatformApi(this, "api", {
      ...{ environmentName, accounts: settings, table, workQueue, disconnects },
      ...{ userPool, client, pictures, playbackTokens, privateChannels: keys.current !== undefined },
    });
    this.queues = {
      accounts: workQueue,
      "stream-state": liveState.events,
      webhooks: liveState.webhooks,
      disconnects,
    };
  }
}
