import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSettings, readSettings } from "#settings/read-settings.ts";

const CDKTF_JSON = join(import.meta.dirname, "../../cdktf.json");
const where = { file: "cdktf.json", path: "environments.dev" };
const minimal = { region: "eu-west-1", protect: false };
const read = (settings: object) => parseSettings({ ...minimal, ...settings }, where);

/** A bad setting beside the one line that names it. */
const refused: [string, object, string][] = [
  [
    "a latency that the service does not have",
    { channels: [{ name: "a", recorded: false, latencyMode: "ultra" }] },
    'environments.dev.channels[0].latencyMode: "ultra" is not one of LOW, NORMAL',
  ],
  ["a wrong type", { protect: "yes" }, 'environments.dev.protect: "yes" is not true or false'],
  ["an unknown key", { chanels: [] }, "environments.dev.chanels: [] is not a known setting"],
  [
    "an unknown key deep inside",
    { channels: [{ name: "a", recorded: false, room: { length: 1 } }] },
    "environments.dev.channels[0].room.length: 1 is not a known setting",
  ],
  [
    "a duplicate channel name",
    { channels: ["a", "b", "a"].map((name) => ({ name, recorded: false })) },
    'environments.dev.channels[2].name: "a" is the name of channels[0] already',
  ],
  [
    "a reconnect window above 300 seconds",
    { recordingConfigurations: [{ name: "a", reconnectWindowSeconds: 301 }] },
    "environments.dev.recordingConfigurations[0].reconnectWindowSeconds: 301 is not a whole number, 0 to 300 seconds",
  ],
  [
    "a thumbnail interval above 60 seconds",
    { recordingConfigurations: [{ name: "a", thumbnailIntervalSeconds: 61 }] },
    "environments.dev.recordingConfigurations[0].thumbnailIntervalSeconds: 61 is not a whole number, 1 to 60 seconds",
  ],
  [
    "a restriction of playback that restricts nothing",
    { playback: { restriction: {} } },
    'environments.dev.playback.restriction: {"allowedCountries":[],"allowedOrigins":[],"strictOrigin":false} restricts ' +
      "nothing: it names no country and no origin",
  ],
  [
    "a country in words",
    { playback: { restriction: { allowedCountries: ["Germany"] } } },
    'environments.dev.playback.restriction.allowedCountries[0]: "Germany" is not a country of two capital letters',
  ],
  [
    "a rendition that the service does not have",
    { recordingConfigurations: [{ name: "a", renditions: ["4K"] }] },
    'environments.dev.recordingConfigurations[0].renditions: ["4K"] is not "all", "none" or a list of one or more of ' +
      "FULL_HD, HD, SD, LOWEST_RESOLUTION, each once",
  ],
  [
    "no way to keep thumbnails",
    { recordingConfigurations: [{ name: "a", thumbnailStorage: [] }] },
    "environments.dev.recordingConfigurations[0].thumbnailStorage: [] is not a list of one or more of SEQUENTIAL, " +
      "LATEST, each once",
  ],
  [
    "a resolution of thumbnails that are not taken",
    { recordingConfigurations: [{ name: "a", thumbnailIntervalSeconds: "none", thumbnailResolution: "SD" }] },
    'environments.dev.recordingConfigurations[0].thumbnailResolution: "SD" is of thumbnails, and ' +
      'thumbnailIntervalSeconds is "none"',
  ],
  [
    "a storage of thumbnails that are not taken",
    { recordingConfigurations: [{ name: "a", thumbnailIntervalSeconds: "none", thumbnailStorage: ["LATEST"] }] },
    'environments.dev.recordingConfigurations[0].thumbnailStorage: ["LATEST"] is of thumbnails, and ' +
      'thumbnailIntervalSeconds is "none"',
  ],
  [
    "a quicker room of the house than the AWS provider makes",
    { channels: [{ name: "a", recorded: false, room: { maximumMessageRatePerSecond: 11 } }] },
    "environments.dev.channels[0].room.maximumMessageRatePerSecond: 11 is not a whole number, 1 to 10 messages a second",
  ],
  [
    "a quicker room of a user than IVS Chat has",
    { accounts: { room: { maximumMessageRatePerSecond: 101 } } },
    "environments.dev.accounts.room.maximumMessageRatePerSecond: 101 is not a whole number, 1 to 100 messages a second",
  ],
  [
    "a message longer than 500 code points",
    { channels: [{ name: "a", recorded: false, room: { maximumMessageLength: 501 } }] },
    "environments.dev.channels[0].room.maximumMessageLength: 501 is not a whole number, 1 to 500 code points",
  ],
  [
    "two destinations in one logging configuration",
    { loggingConfigurations: [{ name: "a", s3: {}, cloudWatchLogs: {} }] },
    'environments.dev.loggingConfigurations[0]: {"name":"a","s3":{},"cloudWatchLogs":{}} has not exactly one destination',
  ],
  [
    "a private channel without a key",
    { channels: [{ name: "a", recorded: false, access: "private" }] },
    'environments.dev.channels[0].access: "private" needs a playback key, and playbackKeys is empty',
  ],
  [
    "a recorded channel without a recording configuration",
    { channels: [{ name: "a" }] },
    "environments.dev.channels[0].recorded: true needs a recording configuration",
  ],
  [
    "a region without the service",
    { region: "eu-north-1" },
    'environments.dev.region: "eu-north-1" is not one of us-east-1, us-west-2, ap-south-1',
  ],
  [
    "a fourth playback key",
    { playbackKeys: ["a", "b", "c", "d"].map((name) => ({ name })) },
    "is more than 3 playback keys (service quota)",
  ],
  [
    "an account id of 11 digits",
    { allowedAccountIds: ["12345678901"] },
    'allowedAccountIds[0]: "12345678901" is not an account id',
  ],
  [
    "a retention that CloudWatch lacks",
    { logRetentionDays: 13 },
    "environments.dev.logRetentionDays: 13 is not one of 1, 3, 5, 7, 14",
  ],
  ["a tag that AWS keeps for itself", { tags: { "aws:x": "y" } }, "is not a tag key"],
  [
    "a provider version that is none",
    { awsProviderVersion: "latest" },
    '"latest" is not a version constraint of Terraform',
  ],
  [
    "buckets destroyed by force where data is protected",
    { protect: true, forceDestroyBuckets: true },
    "environments.dev.forceDestroyBuckets: true contradicts protect",
  ],
];

describe("settings", () => {
  it("need a region and a word on protection; the rest has defaults", () => {
    expect(read({})).toMatchObject({
      logRetentionDays: 14,
      awsProviderVersion: "~> 5.100",
      allowedAccountIds: [],
      channels: [],
      forceDestroyBuckets: false,
    });
    expect(() => parseSettings({}, where)).toThrow("cdktf.json, environments.dev.region: nothing is required");
  });

  it("give a channel's unsaid parts", () => {
    expect(read({ channels: [{ name: "a", recorded: false }] }).channels[0]).toEqual({
      name: "a",
      type: "STANDARD",
      latencyMode: "LOW",
      insecureIngest: false,
      access: "public",
      recorded: false,
      room: { maximumMessageLength: 500, maximumMessageRatePerSecond: 10, reviewFallback: "ALLOW" },
    });
  });

  it.each(refused)("refuse %s", (_what, settings, message) => {
    expect(() => read(settings)).toThrow(message);
    expect(() => read(settings)).toThrow(/SETTINGS_INVALID$/);
  });

  it("name every problem at once", () => {
    expect(() => read({ region: "mars", protect: 1 })).toThrow(/region: "mars".*\n.*protect: 1/);
  });

  it.each(["dev", "prod"])("of %s in cdktf.json are good", (environment) => {
    expect(readSettings(CDKTF_JSON, environment).region).toBe("us-west-2");
  });

  it("protect data in prod and not in dev", () => {
    expect(readSettings(CDKTF_JSON, "prod").protect).toBe(true);
    expect(readSettings(CDKTF_JSON, "dev").protect).toBe(false);
  });

  it("of an environment that is not there are refused with those that are", () => {
    expect(() => readSettings(CDKTF_JSON, "staging")).toThrow(
      'cdktf.json, ONAIR_ENV: "staging" is not one of dev, prod (context.environments).  SETTINGS_INVALID',
    );
  });

  it("take a wider range of providers by one setting", () => {
    expect(read({ awsProviderVersion: ">= 5.100.0, < 7.0.0" }).awsProviderVersion).toBe(">= 5.100.0, < 7.0.0");
  });

  it("of an environment whose name cannot be part of names on AWS are refused", () => {
    const file = join(mkdtempSync(join(tmpdir(), "settings-")), "cdktf.json");
    writeFileSync(file, JSON.stringify({ context: { environments: { "Prod EU": minimal } } }));
    expect(() => readSettings(file, "Prod EU")).toThrow(
      'cdktf.json, context.environments: "Prod EU" is not an environment',
    );
  });

  const written = (environments: object): string => {
    const file = join(mkdtempSync(join(tmpdir(), "settings-")), "cdktf.json");
    writeFileSync(file, JSON.stringify({ context: { environments } }));
    return file;
  };
  const inAccount = (...allowedAccountIds: string[]) => ({ ...minimal, allowedAccountIds });

  it.each([
    ["no accounts", minimal, minimal],
    ["an account that both have", inAccount("111122223333"), inAccount("111122223333", "444455556666")],
    ["accounts of one alone", minimal, inAccount("111122223333")],
  ])(
    "of two environments are refused where one's name goes on with a hyphen as the other's, with %s",
    (_, one, other) => {
      const file = written({ "dev-two": other, dev: one });
      for (const environment of ["dev", "dev-two"]) {
        expect(() => readSettings(file, environment)).toThrow(
          'cdktf.json, context.environments: "dev-two" begins as the names of what "dev" has, whose roles would reach it: ' +
            "give it another name, or each of the two allowedAccountIds of its own",
        );
      }
    },
  );

  it.each([
    ["names that go on without a hyphen", { dev: minimal, dev2: minimal }, "dev"],
    ["accounts of their own", { dev: inAccount("111122223333"), "dev-two": inAccount("444455556666") }, "dev-two"],
    ["another environment than those two", { dev: minimal, "dev-two": minimal, prod: minimal }, "prod"],
  ])("of an environment are read beside others: %s", (_, environments, environment) => {
    expect(readSettings(written(environments), environment).region).toBe("eu-west-1");
  });
});
