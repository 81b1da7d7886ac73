import type { ChatTokenClaims } from "../chat-token.ts";

/** A connection that is refused, by the status of the answer to its handshake. Which status the service gives is unverified. */
export interface NotAdmitted {
  readonly status: 401 | 403 | 404;
  readonly message: string;
}

/** Decides who may connect, by the token that a client offers as its WebSocket subprotocol. */
export type Admission = (token: string | undefined) => ChatTokenClaims | NotAdmitted;

/** Ids of used tokens are looked through for expired ones when there are more than this many. */
const MANY_TOKENS = 10_000;

/**
 * An admission that takes each token once and until it expires.
 * @param openToken what a token says; undefined where the service did not make it
 * @param hasRoom whether a room exists
 * @param now milliseconds since 1970
 */
export const createAdmission = (
  openToken: (token: string) => ChatTokenClaims | undefined,
  hasRoom: (arn: string) => boolean,
  now: () => number,
): Admission => {
  const used = new Map<string, number>();

  const use = ({ id, tokenExpires }: ChatTokenClaims) => {
    if (used.has(id)) return false;
    if (used.size >= MANY_TOKENS) for (const [old, expires] of used) if (expires <= now()) used.delete(old);
    used.set(id, tokenExpires);
    return true;
  };

  return (token) => {
    if (!token) return { status: 401, message: "The chat token is missing: offer it as the WebSocket subprotocol" };
    const claims = openToken(token);
    if (claims === undefined) return { status: 403, message: "The chat token is not valid" };
    if (now() >= claims.tokenExpires) return { status: 403, message: "The chat token has expired" };
    if (!hasRoom(claims.roomArn)) return { status: 404, message: "The room does not exist" };
    if (!use(claims)) return { status: 403, message: "The chat token was used before" };
    return claims;
  };
};
