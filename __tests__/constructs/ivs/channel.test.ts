import { IvsChannel } from "@cdktf/provider-aws/lib/ivs-channel/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { RecordingConfiguration } from "#constructs/ivs/recording-configuration.ts";

const synthesized = (props: ConstructorParameters<typeof Channel>[2] = {}) => {
  const stack = testStack();
  new Channel(stack, "stage", props);
  return template(stack).resource(IvsChannel);
};

describe("Channel", () => {
  it("is public, standard and low-latency unless told otherwise", () => {
    expect(synthesized()).toMatchObject({
      name: "onair-test-stage",
      type: "STANDARD",
      latency_mode: "LOW",
      authorized: false,
    });
  });

  it("always says whether playback is authorized, since the provider keeps what is left out", () => {
    expect(synthesized({ authorized: true })).toHaveProperty("authorized", true);
    expect(synthesized({ authorized: false })).toHaveProperty("authorized", false);
  });

  it("refuses a name with a space", () => {
    expect(() => synthesized({ name: "main stage" })).toThrow(
      'stack/stage, name: must be 1 to 128 letters, digits, hyphens or underscores; got "main stage".  ERR_NAME',
    );
  });

  it("checks while planning that a channel without recording does not record", () => {
    expect(synthesized().lifecycle).toMatchObject({
      postcondition: [
        {
          condition: "${try(length(self.recording_configuration_arn), 0) == 0}",
          error_message: expect.stringContaining("aws ivs update-channel"),
        },
      ],
    });
  });

  it("checks no such thing where the channel records", () => {
    const stack = testStack();
    const recording = RecordingConfiguration.fromRecordingConfigurationArn(
      stack,
      "arn:aws:ivs:eu-west-1:111122223333:recording-configuration/AbCdEf123456",
    );
    new Channel(stack, "stage", { recording, authorized: true });
    const channel = template(stack).resource(IvsChannel);
    expect(channel).toHaveProperty(
      "recording_configuration_arn",
      "arn:aws:ivs:eu-west-1:111122223333:recording-configuration/AbCdEf123456",
    );
    expect(channel).not.toHaveProperty("lifecycle");
  });

  it("reads the ARN of a channel and of nothing else", () => {
    const stack = testStack();
    const arn = "arn:aws:ivs:eu-west-1:111122223333:channel/AbCdEf123456";
    expect(Channel.fromChannelArn(stack, arn).channelArn).toBe(arn);
    expect(() => Channel.fromChannelArn(stack, "arn:aws:ivschat:eu-west-1:111122223333:room/AbCdEf123456")).toThrow(
      "stack, channelArn: must be the ARN of an ivs channel",
    );
  });
});
