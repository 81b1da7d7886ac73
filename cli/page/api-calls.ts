import type { IncomingMessage, ServerResponse } from "node:http";
import { forward } from "./forward.ts";
import { onward } from "./headers.ts";
import { readBody } from "./read-body.ts";

/** Where the page has the platform's API: a path of its own origin. */
export const apiPath = "/api/";

/** No call of the API takes more. */
const mostBodyBytes = 1_000_000;

/**
 * Passes a call below `/api/` on to the API, as CloudFront does in production, and its answer back.
 *
 * @param apiUrl what a route's path is added to
 * @param path from `/api/` on, with its query; without `.` and `..`
 * @throws Problem
 */
export async function callApi(
  apiUrl: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, mostBodyBytes);
  const url = new URL(`${apiUrl.replace(/\/$/, "")}/${path.slice(apiPath.length)}`);
  const headers = onward(request.headers, ["host", "content-length", "cookie"]);
  await forward(url, { method: request.method ?? "GET", headers, body }, response);
}
