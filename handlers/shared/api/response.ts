import { type Problem, problemDocument } from "./problem.ts";
import type { RouteAnswer } from "./route.ts";

/** A route's answer with the headers that every answer has. */
export function toResponse({ status, body, headers = {} }: RouteAnswer, requestId: string): Response {
  const isContent = typeof body === "string" || body instanceof Uint8Array;
  const content = body === undefined || isContent ? (body ?? null) : JSON.stringify(body);
  return new Response(content as BodyInit | null, {
    status,
    headers: {
      "cache-control": "no-store",
      ...(content !== null && { "content-type": "application/json" }),
      "x-content-type-options": "nosniff",
      ...headers,
      "x-request-id": requestId,
    },
  });
}

/** A problem as RFC 9457 says it. */
export const problemResponse = (problem: Problem, requestId: string): Response =>
  toResponse(
    {
      status: problem.status,
      body: problemDocument(problem),
      headers: {
        "content-type": "application/problem+json",
        ...(problem.status === 401 && { "www-authenticate": "Bearer" }),
        ...problem.headers,
      },
    },
    requestId,
  );
