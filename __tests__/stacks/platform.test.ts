import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { IvsChannel } from "@cdktf/provider-aws/lib/ivs-channel/index.js";
import { IvschatLoggingConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import { IvschatRoom } from "@cdktf/provider-aws/lib/ivschat-room/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { environment, stacks } from "#__tests__/support/stacks.ts";
import { makeKeyPair } from "#cli/keys/private-key.ts";

const platform = (changes: Parameters<typeof environment>[1] = {}) => stacks(environment("dev", changes)).platform;
const named = (...names: string[]) => names.map((name) => ({ name, recorded: false }));

describe("the platform", () => {
  it("has a room beside each channel, reviewed and logged, with the fallback that the settings say", () => {
    const rooms = platform().resources(IvschatRoom);
    expect(rooms.map(({ name }) => name)).toEqual(["backstage-500-10", "demo-500-10", "main-stage-500-10"]);
    expect(rooms.map(({ message_review_handler }) => message_review_handler)).toMatchObject([
      { fallback_result: "DENY" },
      { fallback_result: "ALLOW" },
      { fallback_result: "ALLOW" },
    ]);
    for (const room of rooms) expect(room.logging_configuration_identifiers).toHaveLength(2);
  });

  it("records by the first configuration of the ring, and only what shall be recorded", () => {
    const [backstage, demo, mainStage] = platform({
      recordingConfigurations: [{ name: "new" }, { name: "old" }],
    }).resources(IvsChannel);
    expect(mainStage?.recording_configuration_arn).toBe("${aws_ivs_recording_configuration.recording_new.arn}");
    for (const unrecorded of [backstage, demo]) expect(unrecorded).not.toHaveProperty("recording_configuration_arn");
  });

  it("records by what Cloud Control declares, where an entry selects renditions", () => {
    const { resources, resource, output } = platform({
      recordingConfigurations: [{ name: "new", renditions: ["HD"] }],
    });
    expect(resource(CloudcontrolapiResource).type_name).toBe("AWS::IVS::RecordingConfiguration");
    const id = "${aws_cloudcontrolapi_resource.recording_new.id}";
    expect(resources(IvsChannel)[2]?.recording_configuration_arn).toBe(id);
    expect(output("recording_configurations")?.value).toEqual({ new: id });
  });

  it("restricts playback only where settings say so, and tells who makes channels for users", () => {
    const workerOf = (one: ReturnType<typeof platform>) =>
      one.resources(LambdaFunction).find((fn) => String(fn.function_name).endsWith("work-accounts"))?.environment;
    const open = platform();
    expect(open.resources(CloudcontrolapiResource)).toEqual([]);
    expect(open.output("playback_restriction_policy_arn")).toBeUndefined();
    expect(workerOf(open)).not.toHaveProperty("variables.PLAYBACK_RESTRICTION_POLICY_ARN");
    const closed = platform({ playback: { restriction: { allowedCountries: ["DE"], strictOrigin: true } } });
    expect(JSON.parse(String(closed.resource(CloudcontrolapiResource).desired_state))).toMatchObject({
      ...{ AllowedCountries: ["DE"], AllowedOrigins: [], EnableStrictOriginEnforcement: true },
    });
    // Channels that converge had name it must go before it does.
    for (const channel of closed.resources(IvsChannel)) {
      expect(channel.depends_on).toEqual(["aws_cloudcontrolapi_resource.playback-restriction"]);
    }
    const id = "${aws_cloudcontrolapi_resource.playback-restriction.id}";
    expect(closed.output("playback_restriction_policy_arn")?.value).toBe(id);
    expect(workerOf(closed)).toHaveProperty("variables.PLAYBACK_RESTRICTION_POLICY_ARN", id);
  });

  it("logs to the first configuration of each destination", () => {
    const loggingConfigurations = [
      { name: "new", s3: {} },
      { name: "search", cloudWatchLogs: {} },
      { name: "old", s3: {} },
    ];
    const [room] = platform({ loggingConfigurations }).resources(IvschatRoom);
    expect(room?.logging_configuration_identifiers).toEqual([
      "${aws_ivschat_logging_configuration.chat-logs_configurations_new.arn}",
      "${aws_ivschat_logging_configuration.chat-logs_configurations_search.arn}",
    ]);
  });

  it("has channels and logs of any name, also of names that it uses itself", () => {
    const own = [
      "recordings",
      "recording",
      "aws",
      "caller",
      "archive",
      "review-message",
      "chat-logs",
      "playback-keys",
      "channels",
    ];
    expect(platform({ channels: named(...own) }).resources(IvsChannel)).toHaveLength(own.length);
    const loggingConfigurations = [
      { name: "bucket", s3: {} },
      { name: "groups", cloudWatchLogs: {} },
      { name: "a-1", s3: {} },
      { name: "a1", s3: {} },
    ];
    expect(platform({ loggingConfigurations }).resources(IvschatLoggingConfiguration)).toHaveLength(4);
  });

  it("tells its keys in their order, and where each is kept", () => {
    const { publicPem, fingerprint } = makeKeyPair();
    const playbackKeys = [{ name: "ours", publicKeyPem: publicPem }, { name: "first" }];
    expect(platform({ playbackKeys }).output("playback_key_ring")).toMatchObject({
      value: [
        { name: "ours", kind: "secret", secret_name: "onair-dev/playback-keys/ours", fingerprint },
        { name: "first", kind: "kms", key_arn: expect.stringMatching(/^\$\{aws_kms_key\.\S*first\S*\.arn\}$/) },
      ],
    });
  });

  it("needs no channel, no key and no log", () => {
    const empty = platform({ channels: [], playbackKeys: [], recordingConfigurations: [], loggingConfigurations: [] });
    expect(Object.keys(empty.json.resource ?? {})).not.toContain("aws_ivs_channel");
    expect(empty.output("channels")).toMatchObject({ value: {} });
    expect(empty.output("playback_key_ring")).toMatchObject({ value: [] });
  });
});
