import type { ServerResponse } from "node:http";
import type { Refusal } from "./refusal.ts";

/** Sends JSON, or no body at all where `body` is undefined. */
export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const text = body === undefined ? "" : JSON.stringify(body);
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(text) };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, ...length, ...headers });
  response.end(text);
};

export const answerRefusal = (response: ServerResponse, { status, errorType, body }: Refusal): void =>
  answerJson(response, status, body, { "x-amzn-errortype": errorType });
