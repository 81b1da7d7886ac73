import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Any page may play a channel, as with the service; a token can narrow it. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-expose-headers": "content-length, date",
  "access-control-max-age": "86400",
} as const;

const NOT_KEPT = "no-cache, no-store, private";
/** A segment's address means the same bytes for ever, but the address is one viewer's. */
const KEPT = "private, max-age=60, immutable";

const MEDIA_TYPE = { playlist: "application/vnd.apple.mpegurl", segment: "video/mp2t" } as const;

const send = (response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void => {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...CORS, "cache-control": NOT_KEPT, "content-length": length, ...headers }).end(body);
};

export const sendPlaylist = (response: ServerResponse, text: string): void =>
  send(response, 200, { "content-type": MEDIA_TYPE.playlist }, text);

/** Sent instead of what was asked for. */
export interface Failure {
  readonly status: number;
  /** Sent as JSON. */
  readonly body: unknown;
}

/** A failure in the form that players of the service read: a list of errors. That this is its exact form is unverified. */
export const failure = (status: number, url: string, code: string, message: string): Failure => ({
  status,
  body: [{ url, error: message, error_code: code, type: "error" }],
});

export const sendFailure = (response: ServerResponse, { status, body }: Failure): void =>
  send(response, status, { "content-type": "application/json" }, JSON.stringify(body));

/** The answer to a browser that asks whether another page's script may fetch this. */
export const sendPreflight = (response: ServerResponse): void => {
  response.writeHead(204, CORS).end();
};

/** @param length bytes, where they are known; the rest is sent in chunks */
export const beginMedia = (response: ServerResponse, length?: number): ServerResponse =>
  response.writeHead(200, {
    ...CORS,
    "content-type": MEDIA_TYPE.segment,
    "cache-control": KEPT,
    ...(length === undefined ? {} : { "content-length": length }),
  });
