import { dependable } from "cdktf";
import { Construct } from "constructs";
import { Channel } from "#constructs/ivs/channel.ts";
import type { PlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import type { IRecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import type { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import type { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Room } from "#constructs/ivschat/room.ts";
import type { ChannelSettings } from "#settings/schema.ts";

export interface HouseChannelProps {
  readonly channel: ChannelSettings;
  /** @default not recorded */
  readonly recording?: IRecordingConfiguration | undefined;
  /** Named by `onair converge`, so that Terraform must be told that the channel goes first. @default watched from everywhere */
  readonly restriction?: PlaybackRestrictionPolicy | undefined;
  readonly reviewHandler: ReviewHandler;
  readonly logging: readonly LoggingConfiguration[];
}

/** A channel of the house, and the room beside it. */
export class HouseChannel extends Construct {
  readonly channel: Channel;
  readonly room: Room;

  constructor(scope: Construct, id: string, props: HouseChannelProps) {
    super(scope, id);
    const { channel, recording, restriction, reviewHandler, logging } = props;
    this.channel = new Channel(this, "channel", {
      name: channel.name,
      type: channel.type,
      latencyMode: channel.latencyMode,
      authorized: channel.access === "private",
      recording,
    });
    if (restriction) this.channel.resource.dependsOn = [dependable(restriction.resource)];
    this.room = new Room(this, "room", {
      name: channel.name,
      maximumMessageLength: channel.room.maximumMessageLength,
      maximumMessageRatePerSecond: channel.room.maximumMessageRatePerSecond,
      review: { handler: reviewHandler, fallbackResult: channel.room.reviewFallback },
      logging,
    });
  }

  get outputs(): Record<string, string> {
    return { ...this.channel.outputs, room_arn: this.room.roomArn };
  }
}
