import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { Room } from "../../constructs/ivschat/room.ts";

const app = new App();
const stack = new AwsStack(app, "room", { region: "us-west-2", namePrefix: "example-room" });
const room = new Room(stack, "lobby");

new TerraformOutput(stack, "room_arn", { value: room.roomArn });

app.synth();
