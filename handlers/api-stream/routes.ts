import type { DepsOf, Route } from "../shared/api/route.ts";
import { changeAccess } from "./routes/access.ts";
import { allowViewer, disallowViewer, listAllowedViewers } from "./routes/allowed-viewers.ts";
import { removeAvatar, requestAvatarUpload, showAvatar } from "./routes/avatar.ts";
import { createChatToken } from "./routes/chat.ts";
import { deleteMe, readMe } from "./routes/me.ts";
import {
  ban,
  deleteMessage,
  listAudit,
  listBans,
  revokeViewerSessions,
  setSlowMode,
  unban,
} from "./routes/moderation.ts";
import { cancelNextStream, planNextStream } from "./routes/next-stream.ts";
import { changeMe } from "./routes/profile.ts";
import { listSessions, readSessionMetrics } from "./routes/sessions.ts";
import { readStreamKey, resetStreamKey } from "./routes/stream-key.ts";
import { listWebhookFailures, readWebhook, removeWebhook, writeWebhook } from "./routes/webhook.ts";

/** Every route for signed-in users. */
export const streamRoutes = [
  readMe,
  changeMe,
  deleteMe,
  readStreamKey,
  resetStreamKey,
  requestAvatarUpload,
  showAvatar,
  removeAvatar,
  listSessions,
  readSessionMetrics,
  planNextStream,
  cancelNextStream,
  readWebhook,
  writeWebhook,
  removeWebhook,
  listWebhookFailures,
  changeAccess,
  listAllowedViewers,
  allowViewer,
  disallowViewer,
  createChatToken,
  listBans,
  ban,
  unban,
  setSlowMode,
  deleteMessage,
  revokeViewerSessions,
  listAudit,
] as const satisfies readonly Route<never>[];

/** What the routes need, all of it. */
export type StreamDeps = DepsOf<typeof streamRoutes>;
