import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import {
  PlaybackRestrictionPolicy,
  type PlaybackRestrictionPolicyProps,
} from "#constructs/ivs/playback-restriction-policy.ts";

const synthesized = (props: PlaybackRestrictionPolicyProps) => {
  const stack = testStack({ tags: { team: "live" } });
  new PlaybackRestrictionPolicy(stack, "restriction", props);
  return template(stack).resource(CloudcontrolapiResource);
};

describe("PlaybackRestrictionPolicy", () => {
  it("is declared by Cloud Control, with its lists in order and the stack's tags", () => {
    const { type_name, desired_state } = synthesized({
      allowedCountries: ["FR", "DE"],
      allowedOrigins: ["https://live.example.com", "https://example.com"],
    });
    expect(type_name).toBe("AWS::IVS::PlaybackRestrictionPolicy");
    expect(JSON.parse(desired_state as string)).toEqual({
      Name: "onair-test-restriction",
      AllowedCountries: ["DE", "FR"],
      AllowedOrigins: ["https://example.com", "https://live.example.com"],
      EnableStrictOriginEnforcement: false,
      Tags: [{ Key: "team", Value: "live" }],
    });
  });

  it("is changed in place, whatever of it changes", () => {
    const schema = JSON.parse(synthesized({ enableStrictOriginEnforcement: true }).schema as string);
    expect(schema).toMatchObject({ createOnlyProperties: [], primaryIdentifier: ["/properties/Arn"] });
  });

  it("refuses a country in words", () => {
    expect(() => synthesized({ allowedCountries: ["Germany"] })).toThrow(
      'stack/restriction, allowedCountries: must be two capital letters each; got "Germany".  ERR_COUNTRY',
    );
  });

  it("refuses the ARN of something else", () => {
    const arn = "arn:aws:ivs:eu-west-1:000000000000:channel/abcdefabcdef";
    const read = () => PlaybackRestrictionPolicy.fromPlaybackRestrictionPolicyArn(testStack(), arn);
    expect(read).toThrow("must be the ARN of an ivs playback-restriction-policy");
  });
});
