import type { ApiEvent } from "./event.ts";
import { jsonErrorPlace } from "./json-place.ts";
import { invalidRequest, Problem } from "./problem.ts";

/** Far more than any request of the API needs. */
const mostBytes = 16 * 1024;

const isJson = /^application\/json(\s*;\s*charset=utf-8)?$/i;

/** @throws Problem INVALID_REQUEST */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest([{ field: "body", rule: "must be UTF-8", got: `${bytes.length} bytes that are not` }]);
  }
}

/**
 * The JSON of a request's body; undefined when there is none.
 *
 * @throws Problem BODY_TOO_LARGE, CONTENT_TYPE_REFUSED, INVALID_JSON, INVALID_REQUEST
 */
export function readBody({ body, isBase64Encoded, headers }: ApiEvent): unknown {
  const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  if (bytes.length === 0) return undefined;
  if (bytes.length > mostBytes) {
    const detail = `body must be at most ${mostBytes} bytes; got ${bytes.length}.`;
    throw new Problem(413, "BODY_TOO_LARGE", "The request is too large.", detail);
  }
  const type = headers["content-type"] ?? "";
  if (!isJson.test(type.trim())) {
    const detail = `header.content-type must be application/json, in UTF-8; got ${JSON.stringify(type.slice(0, 80))}.`;
    throw new Problem(415, "CONTENT_TYPE_REFUSED", "The request must be JSON.", detail);
  }
  const json = decode(bytes);
  try {
    return JSON.parse(json);
  } catch {
    const { line, column } = jsonErrorPlace(json) ?? { line: 1, column: 1 };
    const detail = `body is not JSON from line ${line}, column ${column} on.`;
    throw new Problem(400, "INVALID_JSON", "The request is not JSON.", detail);
  }
}
