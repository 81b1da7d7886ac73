import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Any page may play a channel, as with the service; a token can narrow it. */
export const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-expose-headers": "content-length, date",
  "access-control-max-age": "86400",
} as const;

const NOT_KEPT = "no-cache, no-store, private";
/** A segment's address means the same bytes for ever, but the address is one viewer's. */
const KEPT = "private, max-age=60, immutable";

export const MEDIA_TYPE = { playlist: "application/vnd.apple.mpegurl", segment: "video/mp2t" } as const;

const send = (response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void => {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...CORS, "cache-control": NOT_KEPT, "content-length": length, ...headers }).end(body);
};

export const sendPlaylist = (response: ServerResponse, text: string): void =>
  send(response, 200, { "content-type": MEDIA_TYPE.playlist }, text);

/** Why something is not served. */
export interface Failure {
  readonly status: number;
  /** For a program. */
  readonly code: string;
  /** For a human. */
  readonly message: string;
}

/** A refusal in the form that players of the service read: a list of errors. That this is its exact form is unverified. */
export const sendFailure = (response: ServerResponse, path: string, { status, code, message }: Failure): void => {
  const body = JSON.stringify([{ url: path, error: message, error_code: code, type: "error" }]);
  send(response, status, { "content-type": "application/json" }, body);
};

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
