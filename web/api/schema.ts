import * as v from "valibot";

const text = v.pipe(v.string(), v.nonEmpty());

/** A channel, as everyone may know it. */
export const channel = v.object({
  name: text,
  live: v.boolean(),
  /** Whether watching needs a token. */
  private: v.boolean(),
  /** Left out while off air, and where it is not known. */
  viewers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** ISO 8601; while live. Another one is another stream. */
  startedAt: v.optional(text),
});

export const channelList = v.object({ channels: v.array(channel) });

export const channelDetails = v.object({
  ...channel.entries,
  /** Left out where the channel is private. */
  playbackUrl: v.optional(v.pipe(v.string(), v.url())),
});

export const chatToken = v.object({
  token: text,
  /** A WebSocket address. */
  endpoint: v.pipe(v.string(), v.url()),
  /** Who the token's bearer is in the room. */
  userId: text,
  /** ISO 8601: until when it can be used to connect, and how long the connection lasts. */
  tokenExpirationTime: text,
  sessionExpirationTime: text,
  /** What the bearer may do besides reading, for example `SEND_MESSAGE`. */
  capabilities: v.array(v.string()),
});

/** What a failed call is answered with (RFC 9457). */
export const problem = v.object({ title: text, detail: v.optional(v.string()) });

export type Channel = Readonly<v.InferOutput<typeof channel>>;
export type ChannelDetails = Readonly<v.InferOutput<typeof channelDetails>>;
export type ChatToken = Readonly<v.InferOutput<typeof chatToken>>;
