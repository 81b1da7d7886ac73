import { conditional, LocalBackend, TerraformOutput, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { RecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Room } from "#constructs/ivschat/room.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { AskingRole } from "./asking-role.ts";
import { grantsOf } from "./grants.ts";

export interface DoctorStackProps {
  /** Begins every name, and stands in the tags. */
  readonly run: string;
  readonly region: string;
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[];
  readonly awsProviderVersion: string;
  readonly blockedWord: string;
  readonly reviewSeconds: number;
  readonly reviewMegabytes: number;
}

interface Changed {
  readonly channel: Channel;
  readonly recording: RecordingConfiguration;
  readonly spare: RecordingConfiguration;
  readonly room: Room;
}

/** A change that never ends is given up after this. */
const UPDATE = { update: "10s" };

/**
 * What `onair doctor --aws --i-pay` makes on an account: a private, recorded channel, a room with review, and a role to
 * ask with. Its variables make the changes of which our constructs say that the AWS provider cannot carry them out; they
 * go past the constructs, which refuse such changes.
 */
export class DoctorStack extends AwsStack {
  constructor(scope: Construct, id: string, props: DoctorStackProps) {
    const { run, region, allowedAccountIds, awsProviderVersion } = props;
    // A state in the stack's folder, which goes with it.
    const tags = { "onair:doctor": run, "onair:environment": run };
    super(scope, id, {
      region,
      namePrefix: run,
      allowedAccountIds,
      awsProviderVersion,
      tags,
      forceDestroyBuckets: true,
    });
    new LocalBackend(this, { path: "terraform.tfstate" });

    const bucket = new PrivateBucket(this, "recordings");
    // Terraform waits a minute for its rules, and nothing stays that long.
    bucket.node.tryRemoveChild("Lifecycle");
    const recording = new RecordingConfiguration(this, "recording", { bucket, thumbnailIntervalSeconds: 60 });
    // No channel waits for it: what fails of it hides nothing else.
    const spare = new RecordingConfiguration(this, "spare", { bucket, thumbnailIntervalSeconds: 30 });
    const channel = new Channel(this, "stage", { type: "BASIC", authorized: true, recording });
    const review = new NodeFunction(this, "review", {
      handler: "review-message",
      constants: { MODERATION_RULES: { blockedWords: { wholeWord: [props.blockedWord] } } },
      timeoutSeconds: props.reviewSeconds,
      memoryMegabytes: props.reviewMegabytes,
    });
    const room = new Room(this, "lobby", {
      review: { handler: new ReviewHandler(this, "message-review", review), fallbackResult: "ALLOW" },
    });
    this.#canChange({ channel, recording, spare, room });

    const role = new AskingRole(this, "asking", run);
    const outputs: Record<string, unknown> = {
      channel_arn: channel.channelArn,
      room_arn: room.roomArn,
      spare_recording_arn: spare.recordingConfigurationArn,
      bucket_name: bucket.bucketName,
      role_arn: role.roleArn,
      grants: grantsOf(this, { channel, room, environment: run }),
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(this, name, { value });
  }

  #canChange({ channel, recording, spare, room }: Changed): void {
    const variable = (name: string, type: "bool" | "number", value: boolean | number) => {
      const made = new TerraformVariable(this, name, { type, default: value });
      made.overrideLogicalId(name);
      return made;
    };
    channel.resource.authorized = variable("authorized", "bool", true).booleanValue;
    const recorded = variable("recorded", "bool", true).booleanValue;
    const arn = conditional(recorded, recording.recordingConfigurationArn, Token.nullValue());
    channel.resource.recordingConfigurationArn = Token.asString(arn);
    room.resource.maximumMessageRatePerSecond = variable("room_rate", "number", 10).numberValue;
    const seconds = variable("thumbnail_seconds", "number", 30).numberValue;
    spare.resource.addOverride("thumbnail_configuration.target_interval_seconds", Token.asString(seconds));
    channel.resource.putTimeouts(UPDATE);
    room.resource.putTimeouts(UPDATE);
  }
}
