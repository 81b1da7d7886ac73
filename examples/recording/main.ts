import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { PrivateBucket } from "../../constructs/data/private-bucket.ts";
import { Channel } from "../../constructs/ivs/channel.ts";
import { RecordingConfiguration } from "../../constructs/ivs/recording-configuration.ts";

const app = new App();
const stack = new AwsStack(app, "recording", { region: "us-west-2", namePrefix: "example-recording" });
const bucket = new PrivateBucket(stack, "recordings");
const recording = new RecordingConfiguration(stack, "recording", { bucket, thumbnailIntervalSeconds: 30 });
const channel = new Channel(stack, "stage", { recording });

new TerraformOutput(stack, "channel_arn", { value: channel.channelArn });
new TerraformOutput(stack, "bucket_name", { value: bucket.bucketName });

app.synth();
