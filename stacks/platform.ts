import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { RecordingConfigurationRing } from "#constructs/ivs/recording-configuration-ring.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { ChatLogs } from "./chat-logs.ts";
import { type Environment, stackProps } from "./environment.ts";
import { HouseChannel } from "./house-channel.ts";
import { output } from "./outputs.ts";

/** The streaming platform: what is shared by all channels, and the channels of the house. */
export class PlatformStack extends AwsStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, stackProps(environment, id));
    const { settings } = environment;

    const recordings = new PrivateBucket(this, "recordings", { expireAfterDays: settings.recordingRetentionDays });
    const recordingConfigurations = new RecordingConfigurationRing(this, "recording", {
      bucket: recordings,
      entries: settings.recordingConfigurations,
    });
    const playbackKeys = new PlaybackKeyRing(this, "playback-keys", settings.playbackKeys);

    const review = new NodeFunction(this, "review-message", {
      handler: "review-message",
      constants: { MODERATION_RULES: settings.moderation },
      timeoutSeconds: 3,
      // Rooms wait 200 ms for an answer, and a function's CPU grows with its memory.
      memoryMegabytes: 1024,
    });
    const reviewHandler = new ReviewHandler(this, "message-review", review);
    const chatLogs = new ChatLogs(this, "chat-logs", settings);

    // A scope of their own: a channel may have any name.
    const house = new Construct(this, "channels");
    const channels = settings.channels.map(
      (channel) =>
        new HouseChannel(house, channel.name, {
          channel,
          recording: channel.recorded ? recordingConfigurations.current : undefined,
          reviewHandler,
          logging: chatLogs.current,
        }),
    );

    output(this, "recording_bucket_name", recordings.bucketName, "The bucket that holds recordings");
    output(
      this,
      "recording_configurations",
      recordingConfigurations.arns,
      "ARN by name, the one for new channels first",
    );
    output(this, "playback_keys", playbackKeys.arns, "ARN by name; the first of the settings signs");
    output(this, "chat_logging_configurations", chatLogs.arns, "ARN by name");
    output(this, "review_function_name", review.functionName, "The function that reviews chat messages");
    output(
      this,
      "channels",
      Object.fromEntries(channels.map((channel) => [channel.node.id, channel.outputs])),
      "The house's channels by name: where to send to, where to watch, where to chat",
    );
  }
}
