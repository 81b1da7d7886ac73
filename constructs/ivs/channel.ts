import { IvsChannel } from "@cdktf/provider-aws/lib/ivs-channel/index.js";
import { Construct } from "constructs";
import { checkArn, checkName } from "../core/check.ts";
import { Memory } from "../core/memory.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { IRecordingConfiguration } from "./recording-configuration.ts";

/** An IVS channel, made here or elsewhere. */
export interface IChannel {
  readonly channelArn: string;
}

export type ChannelType = "BASIC" | "STANDARD" | "ADVANCED_SD" | "ADVANCED_HD";
export type LatencyMode = "LOW" | "NORMAL";

export interface ChannelProps {
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** What the service makes of the input; BASIC passes it through. @default "STANDARD" */
  readonly type?: ChannelType;
  /** LOW is a few seconds behind the encoder, NORMAL about ten. @default "LOW" */
  readonly latencyMode?: LatencyMode;
  /** Viewers need a playback token; see PlaybackKeyPair. @default false */
  readonly authorized?: boolean;
  /** Where streams are recorded. @default not recorded */
  readonly recording?: IRecordingConfiguration;
}

/**
 * An IVS channel: where one encoder sends its stream, and the playback URL under which it is watched.
 *
 * The AWS provider cannot make two changes to a channel that exists. Both are refused while planning, with what to do:
 * - `authorized` from true to false: the provider leaves the field out of its request and waits in vain.
 * - taking `recording` away: the provider sees no change, and the channel would go on recording in silence.
 *
 * A private channel that is imported as a public one, or that was made private by hand, is not seen: the state has no memory of it.
 */
export class Channel extends Construct implements IChannel {
  /** The underlying `aws_ivs_channel`. */
  readonly resource: IvsChannel;

  constructor(scope: Construct, id: string, props: ChannelProps = {}) {
    super(scope, id);
    checkName(this, "name", props.name);
    const authorized = props.authorized ?? false;
    this.resource = new IvsChannel(this, "Resource", {
      name: props.name ?? physicalName(this),
      type: props.type ?? "STANDARD",
      latencyMode: props.latencyMode ?? "LOW",
      authorized,
      ...(props.recording && { recordingConfigurationArn: props.recording.recordingConfigurationArn }),
    });
    if (!props.recording) this.#refuseSilentRecording();
    this.#refuseSilentOpening(authorized);
  }

  /** Reads a channel's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromChannelArn(scope: Construct, channelArn: string): IChannel {
    checkArn(scope, "channelArn", channelArn, "ivs", "channel");
    return { channelArn };
  }

  /** `arn:aws:ivs:<region>:<account>:channel/<id>`. */
  get channelArn(): string {
    return this.resource.arn;
  }

  /** A bare host; encoders send to `rtmps://<ingestEndpoint>:443/app/<stream key>`. */
  get ingestEndpoint(): string {
    return this.resource.ingestEndpoint;
  }

  /** An HLS multivariant playlist. */
  get playbackUrl(): string {
    return this.resource.playbackUrl;
  }

  get outputs(): Record<string, string> {
    return { arn: this.channelArn, ingest_endpoint: this.ingestEndpoint, playback_url: this.playbackUrl };
  }

  /** Lets a function read what the channel is, its playback URL among it; not its stream key. */
  grantRead(grantee: Grantee): void {
    grantee.grant({ sid: "GetChannel", actions: ["ivs:GetChannel"], resources: [this.channelArn] });
  }

  /** Lets a function send timed metadata into this channel's stream. */
  grantPutMetadata(grantee: Grantee): void {
    grantee.grant({ sid: "PutMetadata", actions: ["ivs:PutMetadata"], resources: [this.channelArn] });
  }

  #refuseSilentRecording(): void {
    this.resource.lifecycle = {
      ...this.resource.lifecycle,
      postcondition: [
        {
          condition: `\${try(length(self.recording_configuration_arn), 0) == 0}`,
          errorMessage:
            `Channel ${this.node.path} records, though its settings say that it does not, and Terraform cannot switch it off. ` +
            `Run: aws ivs update-channel --arn \${self.arn} --recording-configuration-arn "", then plan again.`,
        },
      ],
    };
  }

  /**
   * Remembers in the state that the channel has been private: `applied` follows the setting to true, never back to false.
   * While it says true, a plan that makes the channel public is refused.
   */
  #refuseSilentOpening(authorized: boolean): void {
    const applied = new Memory(this, "Authorized", { authorized });
    if (authorized) return;
    applied.lifecycle = { ignoreChanges: ["input"] };
    this.resource.lifecycle = {
      ...this.resource.lifecycle,
      precondition: [
        {
          condition: `\${!${applied.fqn}.output.authorized}`,
          errorMessage:
            `Channel ${this.node.path} is private, and Terraform cannot make it public. Run: aws ivs update-channel ` +
            `--arn <channel ARN> --no-authorized, then: terraform apply -replace=${applied.terraformResourceType}.${applied.friendlyUniqueId}`,
        },
      ],
    };
  }
}
