import { request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { PostResult } from "#domain/webhooks/deliver.ts";
import { PrivateAddressError } from "./checked-lookup.ts";

export interface PostOptions {
  /** How the host's name becomes an address. @default the system's way */
  readonly lookup?: LookupFunction | undefined;
  /** For all of it: finding, connecting, sending and the answer's first line. @default 5000 */
  readonly timeoutMilliseconds?: number;
}

/**
 * Posts to a server that a user named. It follows no redirect, reads no answer, takes only certificates that hold, and
 * uses a connection once. Addresses in place of a host name are the caller's to check: they need no lookup.
 */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { lookup, timeoutMilliseconds = 5000 }: PostOptions = {},
): Promise<PostResult> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((resolve) => {
    const request = (url.startsWith("https:") ? requestByHttps : requestByHttp)(url, {
      method: "POST",
      agent: false,
      headers: { ...headers, "content-length": Buffer.byteLength(body), "user-agent": "onair-webhook" },
      signal,
      ...(lookup && { lookup }),
    });
    request.on("response", (response) => {
      response.destroy();
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 300 ? "delivered" : { why: `the server answered ${statusCode}` });
    });
    request.on("error", (error) => resolve({ why: signal.aborted ? tooLate(timeoutMilliseconds) : whyNot(error) }));
    request.end(body);
  });
}

const tooLate = (milliseconds: number): string => `the server did not answer within ${milliseconds / 1000} s`;

/** By its code alone: an error's text may name addresses of ours. */
function whyNot(error: NodeJS.ErrnoException): string {
  if (error instanceof PrivateAddressError) return "the host's name leads to an address that is not public";
  return `the server could not be reached (${error.code ?? "unknown"})`;
}
