/**
 * What a refusal is called in its body. `invalid_playback_auth_token` was reported from the service for a token that it
 * cannot accept, `playback_auth_error` for a single-use token that was used before; which of them answers other
 * refusals, and `content_geoblocked`, are unverified.
 */
export type RefusalCode = "invalid_playback_auth_token" | "playback_auth_error" | "content_geoblocked";

/** Ends a check; its message is the text that the viewer's player gets, so it never repeats the token. */
export class PlaybackError extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = "PlaybackError";
    this.code = code;
  }
}

/** A refused request for a playlist or a segment, ready to be answered. */
export interface PlaybackRefusal {
  readonly allowed: false;
  readonly status: 403;
  readonly code: RefusalCode;
  /** Sent as JSON. */
  readonly body: readonly {
    readonly url: string;
    readonly error: string;
    readonly error_code: RefusalCode;
    readonly type: "error";
  }[];
}

/** The address without its token, which must not end up in a log. */
const withoutToken = (url: string): string => {
  const [path = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.delete("token");
  return parameters.size > 0 ? `${path}?${parameters}` : path;
};

/** The answer to a refused request, in the form that was reported from the service (unverified). */
export const refusalOf = ({ code, message }: PlaybackError, url: string): PlaybackRefusal => ({
  allowed: false,
  status: 403,
  code,
  body: [{ url: withoutToken(url), error: message, error_code: code, type: "error" }],
});
