import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { Channel } from "../../constructs/ivs/channel.ts";
import { PlaybackKeyPair } from "../../constructs/ivs/playback-key-pair.ts";

const app = new App();
const stack = new AwsStack(app, "private-channel", { region: "us-west-2", namePrefix: "example-private" });
const playbackKey = new PlaybackKeyPair(stack, "playback-key");
const channel = new Channel(stack, "backstage", { authorized: true });

// Both are what prints an address that plays: npx onair playback-url --aws --key-id … --channel-arn … --expires-in 30m
new TerraformOutput(stack, "key_id", { value: playbackKey.kmsKey?.keyId });
new TerraformOutput(stack, "channel_arn", { value: channel.channelArn });

app.synth();
