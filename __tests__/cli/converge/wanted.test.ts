import { describe, expect, it } from "vitest";
import { environment } from "#__tests__/support/stacks.ts";
import { type Deployed, wantedOf } from "#cli/converge/wanted.ts";

const deployed: Deployed = {
  channels: { "main-stage": { arn: "arn:channel", room_arn: "arn:room" } },
  recordingConfigurations: { "every-30-seconds": "arn:30" },
  playbackKeys: { first: "arn:key" },
  loggingConfigurations: { archive: "arn:archive", search: "arn:search" },
  reviewFunctionArn: "arn:review",
};

const wanted = (changes: Parameters<typeof environment>[1] = {}, found: Deployed = deployed) =>
  wantedOf("dev", environment("dev", changes).settings, found);

describe("what settings want", () => {
  it("is the house's channels and rooms, as Terraform makes them", () => {
    const channels = [{ name: "main-stage", room: { maximumMessageLength: 200, reviewFallback: "DENY" } }];
    expect(wanted({ channels }).house["main-stage"]).toEqual({
      channel: {
        ...{ type: "STANDARD", latencyMode: "LOW", authorized: false, recordingConfigurationArn: "arn:30" },
        ...{ insecureIngest: false, multitrack: null, playbackRestrictionPolicyArn: "" },
      },
      room: {
        name: "main-stage-200-10",
        maximumMessageLength: 200,
        maximumMessageRatePerSecond: 10,
        messageReviewHandler: { uri: "arn:review", fallbackResult: "DENY" },
        loggingConfigurationIdentifiers: ["arn:archive", "arn:search"],
      },
    });
  });

  it("is a preset, where it is said", () => {
    const preset = "CONSTRAINED_BANDWIDTH_DELIVERY";
    const channels = [{ name: "main-stage", type: "ADVANCED_HD", preset }];
    expect(wanted({ channels }).house["main-stage"]?.channel).toMatchObject({ type: "ADVANCED_HD", preset });
    expect(wanted({ accounts: { channel: { type: "ADVANCED_SD", preset } } }).user.channel).toMatchObject({ preset });
    expect(wanted().user.channel).not.toHaveProperty("preset");
  });

  it("is how encoders may send, of the house and of users", () => {
    const multitrack = { policy: "REQUIRE", maximumResolution: "HD" };
    const asked = { insecureIngest: true, multitrack };
    expect(wanted({ channels: [{ name: "main-stage", ...asked }] }).house["main-stage"]?.channel).toMatchObject(asked);
    expect(wanted({ accounts: { channel: asked } }).user.channel).toMatchObject(asked);
    expect(wanted().user.channel).toMatchObject({ insecureIngest: false, multitrack: null });
  });

  it("is that nobody is recorded who is not to be", () => {
    expect(wanted().user.channel).toMatchObject({ recordingConfigurationArn: "" });
    expect(wanted({ accounts: { channel: { recorded: true } } }).user.channel).toMatchObject({
      recordingConfigurationArn: "arn:30",
    });
  });

  it("is the policy that restricts from where channels are watched, once it is deployed", () => {
    const playback = { restriction: { allowedCountries: ["DE"] } };
    const found = wanted({ playback }, { ...deployed, playbackRestrictionPolicyArn: "arn:policy" });
    for (const { channel } of [...Object.values(found.house), found.user]) {
      expect(channel).toMatchObject({ playbackRestrictionPolicyArn: "arn:policy" });
    }
    const waiting = wanted({ playback });
    expect(waiting.user.channel).not.toHaveProperty("playbackRestrictionPolicyArn");
    expect(waiting.undeployed).toContain("playback restriction policy");
  });

  it("is nothing that waits for a deploy, which is said", () => {
    const recordingConfigurations = [{ name: "every-10-seconds" }, { name: "every-30-seconds" }];
    const loggingConfigurations = [
      { name: "archive-2", s3: {} },
      { name: "archive", s3: {} },
    ];
    const found = wanted({ recordingConfigurations, loggingConfigurations });
    expect(found.undeployed).toEqual([
      ...["channel backstage", "channel demo"],
      ...["recording configuration every-10-seconds", "logging configuration archive-2"],
    ]);
    expect(found.house["main-stage"]?.channel).not.toHaveProperty("recordingConfigurationArn");
    expect(found.house["main-stage"]?.room).not.toHaveProperty("loggingConfigurationIdentifiers");
  });

  it("is what recording configurations select, and of thumbnails only where some are taken", () => {
    const recordingConfigurations = [
      { name: "small", renditions: ["SD"], thumbnailResolution: "SD", thumbnailStorage: ["LATEST"] },
      { name: "plain" },
      { name: "bare", thumbnailIntervalSeconds: "none", renditions: "none" },
    ];
    expect(wanted({ recordingConfigurations }).recordings).toEqual({
      small: {
        ...{ thumbnailIntervalSeconds: 30, reconnectWindowSeconds: 60, renditions: ["SD"] },
        ...{ thumbnailResolution: "SD", thumbnailStorage: ["LATEST"] },
      },
      plain: {
        ...{ thumbnailIntervalSeconds: 30, reconnectWindowSeconds: 60, renditions: "all" },
        ...{ thumbnailResolution: "", thumbnailStorage: ["SEQUENTIAL"] },
      },
      bare: {
        ...{ thumbnailIntervalSeconds: "none", reconnectWindowSeconds: 60, renditions: "none" },
        ...{ thumbnailResolution: "", thumbnailStorage: [] },
      },
    });
  });

  it("is the tags that Terraform gives to all it makes", () => {
    expect(wanted().tags).toEqual({ project: "onair", "onair:environment": "dev" });
  });
});
