import * as v from "valibot";

/**
 * What API Gateway sends (HTTP API, payload format 2.0), as far as it is read. `rawPath` comes decoded: only `%25` stays
 * as it was.
 */
export const apiEvent = v.object({
  rawPath: v.string(),
  rawQueryString: v.optional(v.string(), ""),
  headers: v.optional(v.record(v.string(), v.optional(v.string())), {}),
  body: v.nullish(v.string()),
  isBase64Encoded: v.optional(v.boolean(), false),
  requestContext: v.object({
    requestId: v.string(),
    http: v.object({ method: v.string() }),
    authorizer: v.nullish(v.object({ jwt: v.nullish(v.object({ claims: v.record(v.string(), v.unknown()) })) })),
  }),
});

export type ApiEvent = v.InferOutput<typeof apiEvent>;

/** What API Gateway expects back. */
export interface ApiResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const isText = /^(text\/|application\/([\w.-]+\+)?json)/;

/** An answer as API Gateway expects it: text as it is, everything else as base64. */
export async function toResult(response: Response): Promise<ApiResult> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isBase64Encoded = bytes.length > 0 && !isText.test(response.headers.get("content-type") ?? "");
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
}

/** What no name is. */
const unreadable = "\ufffd";

/**
 * The event as a request to route: its body stays with the event. A slash that came as `%2F` is one by now, and `..`
 * beside it would lead to another route than the one that API Gateway let the call through to.
 */
export function toRequest({ rawPath, requestContext }: ApiEvent): Request {
  const path = rawPath
    .replace(/\p{Cs}/gu, unreadable)
    .split("/")
    .map((part) => encodeURIComponent(/^\.{1,2}$/.test(part) ? unreadable : part))
    .join("/");
  return new Request(`https://api${path}`, { method: requestContext.http.method });
}
