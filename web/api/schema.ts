import * as v from "valibot";

const text = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A channel, as everyone may know it. Times are ISO 8601. */
export const channel = v.object({
  /** In addresses. */
  name: text,
  /** Who it is of, for people. */
  nickname: v.string(),
  title: v.string(),
  description: v.string(),
  /** Left out where there is none. */
  avatarUrl: v.optional(text),
  /** Watching a private one needs a token. */
  access: v.picklist(["public", "private"]),
  live: v.boolean(),
  /** Left out while off air, and where it is not known. */
  viewers: v.optional(count),
  /** While live. Another one is another stream. */
  startedAt: v.optional(text),
  planned: v.optional(v.object({ startsAt: text, title: v.string() })),
});

export const channelPage = v.object({ channels: v.array(channel), next: v.optional(text) });

export const channelDetails = v.object({
  ...channel.entries,
  /** Left out where the channel is private. */
  playbackUrl: v.optional(v.pipe(v.string(), v.url())),
  lastEndedAt: v.optional(text),
});

export const chatToken = v.object({
  token: text,
  /** A WebSocket address. */
  endpoint: v.pipe(v.string(), v.url()),
  /** Who the token's bearer is in the room. */
  userId: text,
  /** Until when it can be used to connect, and how long the connection lasts. */
  tokenExpirationTime: text,
  sessionExpirationTime: text,
  /** What the bearer may do besides reading, for example `SEND_MESSAGE`. */
  capabilities: v.array(v.string()),
  /** How long a sender waits between messages. Guests, who send none, are not told. */
  slowModeSeconds: v.optional(count, 0),
});

/** One's own account while it is not ready. */
const unready = v.object({ state: v.picklist(["preparing", "waiting-for-quota", "deleting"]) });

const ready = v.object({
  ...channel.entries,
  state: v.literal("ready"),
  sub: text,
  channel: v.object({ arn: text, ingestEndpoint: text, ingestUrl: text, playbackUrl: text }),
  groups: v.array(v.string()),
  /** Whether it can be made private here. */
  mayBePrivate: v.boolean(),
  /** Who may watch it while it is private. */
  audience: v.optional(v.picklist(["signed-in", "listed", "group"])),
  group: v.optional(v.string()),
});

export const me = v.variant("state", [ready, unready]);

export const streamKey = v.object({ streamKey: text });
/** A reset that goes on; the same call again tells how far it is. */
export const streamKeyReset = v.object({ streamKey: v.optional(text) });

export const avatarForm = v.object({
  url: v.pipe(v.string(), v.url()),
  fields: v.record(v.string(), v.string()),
  id: text,
});

const session = v.object({
  streamId: text,
  startedAt: v.optional(text),
  endedAt: v.optional(text),
  incidents: v.array(v.object({ at: text, kind: v.string(), name: v.string() })),
});
export const sessionPage = v.object({ sessions: v.array(session), next: v.optional(text) });

/** What a failed call is answered with (RFC 9457). */
export const problem = v.object({
  title: text,
  detail: v.optional(v.string()),
  code: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ field: v.string(), rule: v.string() }))),
  /** When a ban ends. */
  until: v.optional(v.string()),
});

export type Channel = Readonly<v.InferOutput<typeof channel>>;
export type ChannelPage = Readonly<v.InferOutput<typeof channelPage>>;
export type ChannelDetails = Readonly<v.InferOutput<typeof channelDetails>>;
export type ChatToken = Readonly<v.InferOutput<typeof chatToken>>;
export type Me = Readonly<v.InferOutput<typeof me>>;
export type ReadyMe = Extract<Me, { readonly state: "ready" }>;
export type Session = Readonly<v.InferOutput<typeof session>>;
