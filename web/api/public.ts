import { call } from "./call.ts";
import {
  type ChannelDetails,
  type ChannelPage,
  type ChatToken,
  channelDetails,
  channelPage,
  chatToken,
} from "./schema.ts";

/** As many as the API gives at once. */
const mostLive = 100;

/** The path of a channel's calls, below `public/` or `stream/`. */
export const pathOf = (name: string): string => `channels/${encodeURIComponent(name)}`;

/** What a list's call says of where it goes on. @param cursor `next` of the answer before; none for the beginning */
export const cursorQuery = (cursor: string | undefined): string =>
  cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;

/** A channel's next stream, for a calendar. */
export const calendarAddress = (name: string): string => `/api/public/${pathOf(name)}/next.ics`;

/** The channels on air that most people watch. @throws ApiError */
export const listLive = (): Promise<ChannelPage> =>
  call(channelPage, `public/live?sort=most-watched&limit=${mostLive}`);

/**
 * Channels, whether on air or not.
 *
 * @param cursor `next` of the page before
 * @throws ApiError
 */
export const listChannels = (cursor?: string): Promise<ChannelPage> =>
  call(channelPage, `public/channels${cursorQuery(cursor)}`);

/** One channel, and where it plays. @throws ApiError */
export const getChannel = (name: string): Promise<ChannelDetails> => call(channelDetails, `public/${pathOf(name)}`);

/**
 * Leave to read a channel's chat.
 *
 * @param guest a secret of this browser's; the server makes the guest's name of it, the same one each time
 * @throws ApiError
 */
export const createGuestToken = (name: string, guest: string): Promise<ChatToken> =>
  call(chatToken, `public/${pathOf(name)}/chat-token`, { method: "POST", body: { guest } });
