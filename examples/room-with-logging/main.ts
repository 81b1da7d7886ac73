import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { PrivateBucket } from "../../constructs/data/private-bucket.ts";
import { s3 } from "../../constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "../../constructs/ivschat/logging-configuration.ts";
import { Room } from "../../constructs/ivschat/room.ts";

const app = new App();
const stack = new AwsStack(app, "room-with-logging", { region: "us-west-2", namePrefix: "example-logging" });
const logs = new PrivateBucket(stack, "chat-logs", { expireAfterDays: 90 });
const logging = new LoggingConfiguration(stack, "logging", { destination: s3(logs) });
const room = new Room(stack, "lobby", { logging: [logging] });

new TerraformOutput(stack, "room_arn", { value: room.roomArn });
new TerraformOutput(stack, "bucket_name", { value: logs.bucketName });

app.synth();
