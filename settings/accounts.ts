import * as v from "valibot";
import { channelEntries } from "./channel.ts";
import { flag, matching, origin, text, whole } from "./checks.ts";
import { room } from "./room.ts";

/** How much a signed-in user may ask for, where it costs: tokens, key resets, uploads. */
const plan = v.strictObject({
  requestsPerSecond: whole(1, 10_000, "requests a second"),
  requestsPerDay: whole(1, 1_000_000, "requests a day"),
});

/** The channel that everyone who signs up gets. */
const channel = v.strictObject({
  ...channelEntries,
  /** By the first of recordingConfigurations. @default false */
  recorded: v.optional(flag(), false),
});

/** An address of the account's own, verified in SES. */
const email = v.strictObject({
  /** For example `Onair <no-reply@example.com>`. */
  from: text(),
  identityArn: matching(
    /^arn:aws[a-z-]*:ses:[a-z0-9-]+:\d{12}:identity\/.+$/,
    "is not the ARN of an SES identity, arn:aws:ses:<region>:<account>:identity/<domain>",
  ),
});

/** People who sign up, and the API that serves them. */
export const accountsSettings = v.strictObject({
  channel: v.optional(channel, {}),
  /** Reviewed and logged as the rooms of the house are. */
  room: v.optional(room, {}),
  /** Who mails come from. @default Cognito itself, which sends about 50 a day */
  email: v.optional(email),
  /** Pages of other origins that may call the API. @default none */
  allowedOrigins: v.optional(v.array(origin, "is not a list"), []),
  /** How long a chat token's connection lasts. @default 60 */
  chatSessionMinutes: v.optional(whole(1, 180, "minutes"), 60),
  /** How long the session history is kept. @default 90 */
  sessionHistoryDays: v.optional(whole(1, 3650, "days"), 90),
  /** By group of users; `everyone` is for who is in none of the others. The most generous one counts. */
  plans: v.optional(v.record(text(), plan), {
    everyone: { requestsPerSecond: 100, requestsPerDay: 5000 },
    moderators: { requestsPerSecond: 200, requestsPerDay: 10_000 },
    admins: { requestsPerSecond: 200, requestsPerDay: 10_000 },
  }),
  /** Lets webhooks go to plain HTTP and to private addresses: for a laptop only. @default false */
  allowPrivateWebhooks: v.optional(flag(), false),
});

export type AccountsSettings = v.InferOutput<typeof accountsSettings>;
