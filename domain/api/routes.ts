/** Who may call a route: everyone, or who brings an access token of the user pool. */
export type Access = "open" | "signed-in";

/** How much of a route's calls is let through, of all callers together; more is answered 429. */
export interface RouteThrottle {
  readonly requestsPerSecond: number;
  /** Calls at once. No second sees more calls than both numbers together. */
  readonly burst: number;
}

/**
 * How much of a route one user may take, so that nobody uses up what all users share; more is answered 429. The function
 * counts it: what it refuses has passed the route's rate, and takes nothing from the service behind.
 */
export interface UserShare {
  readonly calls: number;
  /** In each stretch of so many seconds. */
  readonly seconds: number;
}

/** What is known of a route before its code: a stack makes it, a document lists it, a function answers it. */
export interface ApiRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Variables in braces. What begins with `/public` is answered by api-public, `/stream` by api-stream. */
  readonly path: string;
  readonly access: Access;
  /** @default defaultThrottle */
  readonly throttle?: RouteThrottle;
  /** Of what takes from a quota of AWS. Such calls count towards the caller's plan, too. @default nothing is counted */
  readonly share?: UserShare;
  /** A function of its own, by its folder of handlers/. @default the one of its path */
  readonly handler?: "playback-token";
}

/** For a route that says nothing else. */
export const defaultThrottle: RouteThrottle = { requestsPerSecond: 1000, burst: 500 };

/** CreateChatToken takes 200 calls a second, of which guests get the smaller share: no second sees more than both. */
const guestChatTokens: RouteThrottle = { requestsPerSecond: 80, burst: 10 };
const chatTokens: RouteThrottle = { requestsPerSecond: 100, burst: 10 };
/** Each of the verbs of stream keys takes 5 calls a second. Showing a key lists once; a reset lists twice. */
const streamKeys: RouteThrottle = { requestsPerSecond: 2, burst: 1 };
const streamKeyResets: RouteThrottle = { requestsPerSecond: 1, burst: 1 };
/** SendEvent, DeleteMessage and DisconnectUser take 100 calls a second each. */
const moderation: RouteThrottle = { requestsPerSecond: 40, burst: 10 };
/** CloudWatch's GetMetricData takes 50 calls a second of an account. */
const metrics: RouteThrottle = { requestsPerSecond: 20, burst: 10 };

/** A key of KMS signs 300 tokens a second, for all who use KMS so in the account. */
const playbackTokens: RouteThrottle = { requestsPerSecond: 120, burst: 80 };
/** UpdateChannel takes 5 calls a second. */
const accessChanges: RouteThrottle = { requestsPerSecond: 2, burst: 1 };
/** StartViewerSessionRevocation takes 10 calls a second, the form for several viewers 2; bans take from the first, too. */
const revocations: RouteThrottle = { requestsPerSecond: 1, burst: 1 };

/** For what people do by hand, a click at a time, and pages now and then by themselves. */
const oftenForOne: UserShare = { calls: 20, seconds: 10 };
const seldomForOne: UserShare = { calls: 10, seconds: 60 };
/** A reset that is not done yet is asked for again. */
const resetsForOne: UserShare = { calls: 6, seconds: 60 };

const signedIn = { access: "signed-in" } as const;
const open = { access: "open" } as const;
/** Each leaves a row in the audit besides. */
const moderating = { ...signedIn, throttle: moderation, share: oftenForOne } as const;

/** Every route of the API, by the name that its code has. */
export const routes = {
  listLiveChannels: { method: "GET", path: "/public/live", ...open },
  listChannels: { method: "GET", path: "/public/channels", ...open },
  readChannel: { method: "GET", path: "/public/channels/{name}", ...open },
  createGuestChatToken: {
    method: "POST",
    path: "/public/channels/{name}/chat-token",
    ...open,
    throttle: guestChatTokens,
  },
  readNextStreamCalendar: { method: "GET", path: "/public/channels/{name}/next.ics", ...open },
  readAvatar: { method: "GET", path: "/public/avatars/{id}", ...open },
  readOpenApi: { method: "GET", path: "/public/openapi.json", ...open },

  readMe: { method: "GET", path: "/stream/me", ...signedIn },
  changeMe: { method: "PATCH", path: "/stream/me", ...signedIn },
  deleteMe: { method: "DELETE", path: "/stream/me", ...signedIn },
  requestAvatarUpload: { method: "POST", path: "/stream/me/avatar", ...signedIn, share: seldomForOne },
  showAvatar: { method: "PUT", path: "/stream/me/avatar", ...signedIn, share: seldomForOne },
  removeAvatar: { method: "DELETE", path: "/stream/me/avatar", ...signedIn },
  readStreamKey: {
    method: "GET",
    path: "/stream/me/stream-key",
    ...signedIn,
    throttle: streamKeys,
    share: seldomForOne,
  },
  resetStreamKey: {
    method: "POST",
    path: "/stream/me/stream-key/reset",
    ...signedIn,
    throttle: streamKeyResets,
    share: resetsForOne,
  },
  listSessions: { method: "GET", path: "/stream/me/sessions", ...signedIn },
  readSessionMetrics: {
    method: "GET",
    path: "/stream/me/sessions/{streamId}/metrics",
    ...signedIn,
    throttle: metrics,
    share: oftenForOne,
  },
  planNextStream: { method: "PUT", path: "/stream/me/next-stream", ...signedIn },
  cancelNextStream: { method: "DELETE", path: "/stream/me/next-stream", ...signedIn },
  readWebhook: { method: "GET", path: "/stream/me/webhook", ...signedIn },
  writeWebhook: { method: "PUT", path: "/stream/me/webhook", ...signedIn },
  removeWebhook: { method: "DELETE", path: "/stream/me/webhook", ...signedIn },
  listWebhookFailures: { method: "GET", path: "/stream/me/webhook/failures", ...signedIn },
  changeAccess: {
    method: "PUT",
    path: "/stream/me/access",
    ...signedIn,
    throttle: accessChanges,
    share: seldomForOne,
  },
  listAllowedViewers: { method: "GET", path: "/stream/me/allowed-viewers", ...signedIn },
  allowViewer: { method: "PUT", path: "/stream/me/allowed-viewers/{name}", ...signedIn, share: oftenForOne },
  disallowViewer: {
    method: "DELETE",
    path: "/stream/me/allowed-viewers/{name}",
    ...signedIn,
    throttle: moderation,
    share: seldomForOne,
  },

  createPlaybackToken: {
    method: "POST",
    path: "/stream/channels/{name}/playback-token",
    ...signedIn,
    throttle: playbackTokens,
    share: oftenForOne,
    handler: "playback-token",
  },
  revokeViewerSessions: {
    method: "POST",
    path: "/stream/channels/{name}/revocations",
    ...signedIn,
    throttle: revocations,
    share: seldomForOne,
  },

  createChatToken: {
    method: "POST",
    path: "/stream/channels/{name}/chat-token",
    ...signedIn,
    throttle: chatTokens,
    share: oftenForOne,
  },
  listBans: { method: "GET", path: "/stream/channels/{name}/bans", ...signedIn },
  ban: { method: "PUT", path: "/stream/channels/{name}/bans/{userId}", ...moderating },
  unban: { method: "DELETE", path: "/stream/channels/{name}/bans/{userId}", ...moderating },
  setSlowMode: { method: "PUT", path: "/stream/channels/{name}/slow-mode", ...moderating },
  deleteMessage: { method: "POST", path: "/stream/channels/{name}/messages/{id}/delete", ...moderating },
  listAudit: { method: "GET", path: "/stream/channels/{name}/audit", ...signedIn },
} as const satisfies Readonly<Record<string, ApiRoute>>;

export type RouteId = keyof typeof routes;

/** The routes of the function that answers everyone, and of the one for signed-in users. */
export type PublicRouteId = {
  [Id in RouteId]: (typeof routes)[Id]["access"] extends "open" ? Id : never;
}[RouteId];
export type StreamRouteId = Exclude<RouteId, PublicRouteId>;
