import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { PrivateBucket } from "../../constructs/data/private-bucket.ts";
import { Channel } from "../../constructs/ivs/channel.ts";
import { PlaybackKeyPair } from "../../constructs/ivs/playback-key-pair.ts";
import { RecordingConfiguration } from "../../constructs/ivs/recording-configuration.ts";
import { StreamKey } from "../../constructs/ivs/stream-key.ts";
import { s3 } from "../../constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "../../constructs/ivschat/logging-configuration.ts";
import { ReviewHandler } from "../../constructs/ivschat/review-handler.ts";
import { Room } from "../../constructs/ivschat/room.ts";
import { NodeFunction } from "../../constructs/lambda/node-function.ts";

const app = new App();
const stack = new AwsStack(app, "complete", {
  region: "us-west-2",
  namePrefix: "example-complete",
  tags: { project: "example" },
  protect: true,
  // Bucket and table exist already, and both locks are held: examples/README.md says how to leave this out.
  remoteState: {
    bucket: "example-terraform-state",
    region: "us-west-2",
    key: "example/complete.tfstate",
    dynamodbTable: "example-terraform-locks",
  },
});

const recordings = new PrivateBucket(stack, "recordings", { expireAfterDays: 365 });
const recording = new RecordingConfiguration(stack, "recording", {
  bucket: recordings,
  thumbnailIntervalSeconds: 30,
  reconnectWindowSeconds: 60,
});
const playbackKey = new PlaybackKeyPair(stack, "playback-key");
const channel = new Channel(stack, "backstage", { authorized: true, recording });
const streamKey = new StreamKey(stack, "stream-key", channel);

const review = new NodeFunction(stack, "review-message", {
  handler: "review-message",
  constants: { MODERATION_RULES: { blockedWords: { wholeWord: ["spoiler"] } } },
  memoryMegabytes: 1024,
});
const chatLogs = new PrivateBucket(stack, "chat-logs", { expireAfterDays: 90 });
const room = new Room(stack, "backstage-chat", {
  maximumMessageRatePerSecond: 5,
  review: { handler: new ReviewHandler(stack, "message-review", review), fallbackResult: "DENY" },
  logging: [new LoggingConfiguration(stack, "chat-logging", { destination: s3(chatLogs) })],
});

new TerraformOutput(stack, "channel", { value: channel.outputs });
new TerraformOutput(stack, "stream_key", { value: streamKey.value, sensitive: true });
new TerraformOutput(stack, "playback_key", { value: playbackKey.outputs });
new TerraformOutput(stack, "room", { value: room.outputs });

app.synth();
