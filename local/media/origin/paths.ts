/** What a playback address names. */
export type PlaybackPath =
  | { readonly kind: "multivariant"; readonly channelArn: string }
  | { readonly kind: "playlist"; readonly viewing: string }
  | { readonly kind: "segment"; readonly viewing: string; readonly sequence: number }
  | { readonly kind: "part"; readonly viewing: string; readonly number: number }
  | { readonly kind: "unknown" };

/** Every playback address begins with this, as the service's do. */
const PREFIX = "/api/video/v1/";

const CHANNEL = /^([a-z0-9-]+)\.(\d{12})\.channel\.([A-Za-z0-9]+)\.m3u8$/;
const CHILD = /^viewings\/([\w-]+)\/(?:playlist\.m3u8|(segment|part)-(\d{1,15})\.ts)$/;

/** The path of a channel's multivariant playlist. */
export const channelPath = (region: string, accountId: string, channelId: string): string =>
  `${PREFIX}${region}.${accountId}.channel.${channelId}.m3u8`;

/** The path of a viewing's media playlist, relative to the multivariant playlist; segments and parts lie beside it. */
export const playlistPath = (viewing: string): string => `viewings/${viewing}/playlist.m3u8`;

/**
 * Reads a request's path as it was sent, percent-encoding and all: what is not exactly one of our addresses is unknown,
 * so there is nothing to climb out of.
 * @returns undefined for a path that is no playback address at all
 */
export const readPath = (path: string): PlaybackPath | undefined => {
  if (!path.startsWith(PREFIX)) return undefined;
  const rest = path.slice(PREFIX.length);
  const channel = CHANNEL.exec(rest);
  if (channel) {
    const [, region, accountId, id] = channel;
    return { kind: "multivariant", channelArn: `arn:aws:ivs:${region}:${accountId}:channel/${id}` };
  }
  const child = CHILD.exec(rest);
  const viewing = child?.[1];
  if (!child || viewing === undefined) return { kind: "unknown" };
  if (child[2] === undefined) return { kind: "playlist", viewing };
  if (child[2] === "segment") return { kind: "segment", viewing, sequence: Number(child[3]) };
  return { kind: "part", viewing, number: Number(child[3]) };
};
