import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { Channel } from "../../constructs/ivs/channel.ts";

const app = new App();
const stack = new AwsStack(app, "simple", { region: "us-west-2", namePrefix: "simple" });
const channel = new Channel(stack, "stage");

new TerraformOutput(stack, "ingest_endpoint", { value: channel.ingestEndpoint });
new TerraformOutput(stack, "playback_url", { value: channel.playbackUrl });

app.synth();
