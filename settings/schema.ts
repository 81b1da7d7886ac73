import * as v from "valibot";
import { moderationRules } from "#domain/moderation/rules.ts";
import { accountsSettings } from "./accounts.ts";
import { channelEntries } from "./channel.ts";
import { flag, listOf, matching, name, oneOf, text, whole } from "./checks.ts";
import { deliverySettings } from "./delivery.ts";
import { LIMITS, LOG_RETENTION_DAYS, REGIONS } from "./limits.ts";
import { operationsSettings } from "./operations.ts";
import { audience, playbackSettings } from "./playback.ts";
import { recordingConfiguration } from "./recording.ts";
import { houseRoom } from "./room.ts";

/** One entry of the ring of playback keys. */
const playbackKey = v.strictObject({
  name: name(),
  /** The public half of a key made elsewhere. @default a new key in KMS */
  publicKeyPem: v.optional(text()),
});

/** One entry of the ring of chat logging configurations: the service gives each one destination. */
const loggingConfiguration = v.pipe(
  v.strictObject({
    name: name(),
    s3: v.optional(v.strictObject({})),
    cloudWatchLogs: v.optional(v.strictObject({})),
  }),
  v.check(
    ({ s3, cloudWatchLogs }) => (s3 === undefined) !== (cloudWatchLogs === undefined),
    "has not exactly one destination, s3 or cloudWatchLogs",
  ),
);

/** A channel that belongs to the house, not to a user. */
const channel = v.strictObject({
  name: name(),
  ...channelEntries,
  /** Private channels need a playback token. @default "public" */
  access: v.optional(oneOf(["public", "private"]), "public"),
  /** Who may watch a private channel, besides those who moderate it. @default everyone who is signed in */
  audience: v.optional(audience),
  /** @default true */
  recorded: v.optional(flag(), true),
  room: v.optional(houseRoom, {}),
});

/** The settings of one environment: one AWS account and region. */
export const environmentSettings = v.strictObject({
  region: oneOf(REGIONS),
  /** Accounts that may be deployed to. @default any */
  allowedAccountIds: v.optional(
    v.array(matching(/^\d{12}$/, "is not an account id of 12 digits"), "is not a list"),
    [],
  ),
  /** On every resource, beside `onair:environment`. */
  tags: v.optional(
    v.record(
      matching(/^(?!aws:).{1,128}$/u, "is not a tag key of 1 to 128 characters without aws: at its start"),
      matching(/^.{0,256}$/u, "is not a tag value of at most 256 characters"),
    ),
    {},
  ),
  /** Refuse to destroy or replace what holds data. */
  protect: flag(),
  /** Let a destroy delete buckets that hold objects; must be deployed before the destroy. @default false */
  forceDestroyBuckets: v.optional(flag(), false),
  /** @default 14 */
  logRetentionDays: v.optional(oneOf(LOG_RETENTION_DAYS), 14),
  /** @default recordings are kept */
  recordingRetentionDays: v.optional(whole(1, 36_500, "days")),
  /** @default 90 */
  chatLogRetentionDays: v.optional(whole(1, 36_500, "days"), 90),
  /** Which releases of the AWS provider Terraform may take. @default "~> 5.100", the one that the tests run */
  awsProviderVersion: v.optional(
    matching(
      /^(~>|>=|<=|<|>|=|!=)? ?\d+(\.\d+){0,2}(, ?(~>|>=|<=|<|>|=|!=) ?\d+(\.\d+){0,2})*$/,
      "is not a version constraint of Terraform",
    ),
    "~> 5.100",
  ),
  playback: v.optional(playbackSettings, {}),
  /** First entry signs. */
  playbackKeys: v.optional(listOf(playbackKey, LIMITS.playbackKeys, "playback keys"), []),
  /** First entry is used for what is new. */
  recordingConfigurations: v.optional(
    listOf(recordingConfiguration, LIMITS.recordingConfigurations, "recording configurations"),
    [],
  ),
  /** First entry of each destination is used for what is new. */
  loggingConfigurations: v.optional(
    listOf(loggingConfiguration, LIMITS.loggingConfigurations, "logging configurations"),
    [],
  ),
  /** Of the house. Preset, insecureIngest and multitrack are set by `onair converge`, as Terraform cannot. */
  channels: v.optional(v.array(channel, "is not a list"), []),
  moderation: v.optional(moderationRules, {}),
  accounts: v.optional(accountsSettings, {}),
  operations: v.optional(operationsSettings, {}),
  /** Roles for a team and its pull requests. @default none */
  delivery: v.optional(deliverySettings),
});

export type Settings = v.InferOutput<typeof environmentSettings>;
export type ChannelSettings = Settings["channels"][number];
export type LoggingSettings = Settings["loggingConfigurations"][number];
