/**
 * Every row of the platform's table, and how it is found. `pk` and `sk` are texts; `expiresAt` (epoch seconds) is when a
 * row may go by itself. Nothing is ever scanned: what is read is read by one of these keys, or by an index below.
 *
 * | row | holds |
 * |---|---|
 * | `USER#<sub>` `ACCOUNT` | the one row of a user: how far the account is, its profile, its live state |
 * | `NAME#<name>` `NAME` | whose name it is: `sub` |
 * | `CHANNEL#<arn>` `CHANNEL` | whose channel it is: `sub` |
 * | `ROOM#<arn>` `ROOM` | whose room it is: `sub`, and its slow mode |
 * | `CHANNEL#<arn>` `SESSION#<key>` | one line of the session history, newest last |
 * | `ROOM#<arn>` `SENT#<userId>` | when a sender was last let through in slow mode |
 * | `USER#<sub>` `BAN#<userId>` | who may not enter the room of this user, until when, why |
 * | `USER#<sub>` `AUDIT#<time>#<id>` | what moderators did in the room of this user |
 * | `USER#<sub>` `WATCHER#<sub>` | who may watch the private channel of this user, since when |
 * | `CHANNEL#<arn>` `VIEWER#<userId>` | which `version` a viewer's playback tokens for this channel carry |
 * | `USER#<sub>` `WEBHOOK` | where this user wants to be told, and by which secret it is signed |
 * | `USER#<sub>` `DELIVERY#<time>#<id>` | a message to the webhook that failed for good |
 * | `USAGE#<sub>` `<window>` | how often this user called a route, or any, in a stretch of time |
 * | `PACE#<operation>` `PACE` | when the next call of an operation of IVS may begin |
 * | `WALK` `WALK` | when the last complete walk over ListStreams began |
 * | `SEARCH` `SEARCH` | where the search for accounts without a user goes on |
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const keys = {
  account: (sub: string): Key => ({ pk: `USER#${sub}`, sk: "ACCOUNT" }),
  name: (name: string): Key => ({ pk: `NAME#${name}`, sk: "NAME" }),
  channel: (channelArn: string): Key => ({ pk: `CHANNEL#${channelArn}`, sk: "CHANNEL" }),
  room: (roomArn: string): Key => ({ pk: `ROOM#${roomArn}`, sk: "ROOM" }),
  session: (channelArn: string, key: string): Key => ({ pk: `CHANNEL#${channelArn}`, sk: `SESSION#${key}` }),
  sent: (roomArn: string, userId: string): Key => ({ pk: `ROOM#${roomArn}`, sk: `SENT#${userId}` }),
  ban: (ownerSub: string, userId: string): Key => ({ pk: `USER#${ownerSub}`, sk: `BAN#${userId}` }),
  watcher: (ownerSub: string, sub: string): Key => ({ pk: `USER#${ownerSub}`, sk: `WATCHER#${sub}` }),
  viewer: (channelArn: string, viewerId: string): Key => ({ pk: `CHANNEL#${channelArn}`, sk: `VIEWER#${viewerId}` }),
  audit: (ownerSub: string, at: number, id: string): Key => ({
    pk: `USER#${ownerSub}`,
    sk: `AUDIT#${new Date(at).toISOString()}#${id}`,
  }),
  webhook: (sub: string): Key => ({ pk: `USER#${sub}`, sk: "WEBHOOK" }),
  delivery: (sub: string, at: number, id: string): Key => ({
    pk: `USER#${sub}`,
    sk: `DELIVERY#${new Date(at).toISOString()}#${id}`,
  }),
  usage: (sub: string, window: string): Key => ({ pk: `USAGE#${sub}`, sk: window }),
  pace: (operation: string): Key => ({ pk: `PACE#${operation}`, sk: "PACE" }),
  walk: { pk: "WALK", sk: "WALK" } as Key,
  search: { pk: "SEARCH", sk: "SEARCH" } as Key,
} as const;

/** What the keys of a list's rows begin with. */
export const lists = {
  sessions: (channelArn: string): Key => ({ pk: `CHANNEL#${channelArn}`, sk: "SESSION#" }),
  senders: (roomArn: string): Key => ({ pk: `ROOM#${roomArn}`, sk: "SENT#" }),
  bans: (ownerSub: string): Key => ({ pk: `USER#${ownerSub}`, sk: "BAN#" }),
  watchers: (ownerSub: string): Key => ({ pk: `USER#${ownerSub}`, sk: "WATCHER#" }),
  viewers: (channelArn: string): Key => ({ pk: `CHANNEL#${channelArn}`, sk: "VIEWER#" }),
  audit: (ownerSub: string): Key => ({ pk: `USER#${ownerSub}`, sk: "AUDIT#" }),
  deliveries: (sub: string): Key => ({ pk: `USER#${sub}`, sk: "DELIVERY#" }),
  usage: (sub: string): Key => ({ pk: `USAGE#${sub}`, sk: "" }),
} as const;

/**
 * The indexes. A row is in one while it has the index's partition attribute.
 *
 * | index | partition, sort | finds |
 * |---|---|---|
 * | `unfinished` | `unfinished`, `pk` | accounts that have work left |
 * | `live-newest` | `live`, `stateAt` | channels on air by when they began |
 * | `live-watched` | `live`, `watched` | channels on air by viewers |
 * | `listed` | `listed`, `name` | all channels by name |
 */
export const indexes = {
  unfinished: "unfinished",
  liveNewest: "live-newest",
  liveWatched: "live-watched",
  listed: "listed",
} as const;
