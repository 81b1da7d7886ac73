import { join } from "node:path";
import { App, TerraformOutput } from "cdktf";
import { AwsStack } from "../../constructs/core/aws-stack.ts";
import { ReviewHandler } from "../../constructs/ivschat/review-handler.ts";
import { Room } from "../../constructs/ivschat/room.ts";
import { NodeFunction } from "../../constructs/lambda/node-function.ts";

const app = new App();
const stack = new AwsStack(app, "room-with-review", { region: "us-west-2", namePrefix: "example-review" });
const review = new NodeFunction(stack, "review", {
  handler: "review",
  handlersFolder: join(import.meta.dirname, "handlers"),
});
const room = new Room(stack, "lobby", {
  review: { handler: new ReviewHandler(stack, "message-review", review), fallbackResult: "ALLOW" },
});

new TerraformOutput(stack, "room_arn", { value: room.roomArn });
new TerraformOutput(stack, "review_function_name", { value: review.functionName });

app.synth();
