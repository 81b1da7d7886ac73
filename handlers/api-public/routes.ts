import type { DepsOf, Route } from "../shared/api/route.ts";
import { readAvatar } from "./routes/avatars.ts";
import { readNextStreamCalendar } from "./routes/calendar.ts";
import { listChannels, listLiveChannels, readChannel } from "./routes/channels.ts";
import { createGuestChatToken } from "./routes/chat.ts";
import { readOpenApi } from "./routes/openapi.ts";

/** Every route for everyone. */
export const publicRoutes = [
  listLiveChannels,
  listChannels,
  readChannel,
  createGuestChatToken,
  readNextStreamCalendar,
  readAvatar,
  readOpenApi,
] as const satisfies readonly Route<never>[];

/** What the routes need, all of it. */
export type PublicDeps = DepsOf<typeof publicRoutes>;
