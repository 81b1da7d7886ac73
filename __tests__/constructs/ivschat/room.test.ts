import { IvschatRoom } from "@cdktf/provider-aws/lib/ivschat-room/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { s3 } from "#constructs/ivschat/log-destination.ts";
import { LoggingConfiguration } from "#constructs/ivschat/logging-configuration.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Room, type RoomProps } from "#constructs/ivschat/room.ts";

const reviewer = { functionName: "review", functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:review" };

const synthesized = (props: RoomProps = {}) => {
  const stack = testStack();
  new Room(stack, "lobby", props);
  return template(stack).resource(IvschatRoom);
};

describe("Room", () => {
  it("takes the service's largest message and default rate", () => {
    expect(synthesized()).toMatchObject({
      name: "onair-test-lobby-500-10",
      maximum_message_length: 500,
      maximum_message_rate_per_second: 10,
      logging_configuration_identifiers: [],
    });
  });

  it("changes its name with its limits, so that the provider sees the change settle", () => {
    expect(synthesized({ maximumMessageLength: 200 }).name).toBe("onair-test-lobby-200-10");
    expect(synthesized({ name: "lobby", maximumMessageRatePerSecond: 5 }).name).toBe("lobby-500-5");
  });

  it("takes a review handler away by an empty address", () => {
    expect(synthesized().message_review_handler).toEqual({ uri: "" });
  });

  it("names its review handler and fallback, and is made after the permission to call it", () => {
    const stack = testStack();
    const handler = new ReviewHandler(stack, "review", reviewer);
    new Room(stack, "lobby", { review: { handler, fallbackResult: "DENY" } });
    const { resource } = template(stack);
    expect(resource(IvschatRoom)).toMatchObject({
      message_review_handler: { uri: reviewer.functionArn, fallback_result: "DENY" },
      depends_on: ["aws_lambda_permission.review_Permission"],
    });
    expect(resource(LambdaPermission)).toMatchObject({
      action: "lambda:InvokeFunction",
      function_name: "review",
      principal: "ivschat.amazonaws.com",
      source_account: "${data.aws_caller_identity.caller.account_id}",
      source_arn:
        "arn:${data.aws_partition.partition.partition}:ivschat:eu-west-1:${data.aws_caller_identity.caller.account_id}:room/*",
    });
  });

  it("may have a review handler and a log at once", () => {
    const stack = testStack();
    const handler = new ReviewHandler(stack, "review", reviewer);
    const logging = new LoggingConfiguration(stack, "log", { destination: s3(new PrivateBucket(stack, "bucket")) });
    new Room(stack, "lobby", { review: { handler, fallbackResult: "ALLOW" }, logging: [logging] });
    const room = template(stack).resource(IvschatRoom);
    expect(room.message_review_handler).toMatchObject({ fallback_result: "ALLOW" });
    expect(room.logging_configuration_identifiers).toHaveLength(1);
  });

  it.each([
    [{ maximumMessageLength: 501 }, "maximumMessageLength: must be a whole number, 1 to 500 code points; got 501"],
    [{ maximumMessageLength: 0 }, "maximumMessageLength: must be a whole number, 1 to 500 code points; got 0"],
    [
      { maximumMessageRatePerSecond: 11 },
      "maximumMessageRatePerSecond: must be a whole number, 1 to 10 messages a second; got 11",
    ],
  ])("refuses %o", (props, message) => {
    expect(() => synthesized(props)).toThrow(`stack/lobby, ${message}.  ERR_RANGE`);
  });

  it("refuses a name that leaves no room for its limits", () => {
    expect(() => synthesized({ name: "a".repeat(101) })).toThrow(
      "stack/lobby, name: must be 1 to 100 letters, digits, hyphens or underscores",
    );
  });

  it("refuses a fourth logging configuration", () => {
    const stack = testStack();
    const logging = ["a", "b", "c", "d"].map(
      (id) => new LoggingConfiguration(stack, id, { destination: s3(new PrivateBucket(stack, `bucket-${id}`)) }),
    );
    expect(() => new Room(stack, "lobby", { logging })).toThrow(
      "stack/lobby, logging: must be at most 3 logging configurations; got 4.  ERR_ROOM_LOGGING",
    );
  });

  it("reads the ARN of a room and of nothing else", () => {
    const stack = testStack();
    const arn = "arn:aws:ivschat:eu-west-1:111122223333:room/AbCdEf123456";
    expect(Room.fromRoomArn(stack, arn).roomArn).toBe(arn);
    expect(() => Room.fromRoomArn(stack, "room/AbCdEf123456")).toThrow("ERR_ARN");
  });
});
