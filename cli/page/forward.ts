import { type IncomingHttpHeaders, type IncomingMessage, request as makeRequest, type ServerResponse } from "node:http";
import { onward } from "./headers.ts";
import { Problem } from "./problem.ts";

export interface Call {
  readonly method: string;
  /** Sent as they are, besides `content-length`. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A little longer than API Gateway waits for a function. */
const patienceMilliseconds = 35_000;

/**
 * Makes a call and gives its answer on as it comes, headers and status included.
 *
 * @throws Problem UPSTREAM_UNREACHABLE, where there is no answer
 */
export async function forward(url: URL, call: Call, response: ServerResponse): Promise<void> {
  const answer = await ask(url, call, response);
  response.writeHead(answer.statusCode ?? 502, onward(answer.headers));
  answer.on("error", () => response.destroy());
  answer.pipe(response);
}

function ask(url: URL, { method, headers, body }: Call, response: ServerResponse): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body.length > 0 ? { "content-length": body.length } : {};
    const asked = makeRequest(url, { method, headers: { ...headers, ...length }, timeout: patienceMilliseconds });
    const fail = (why: string) => {
      asked.destroy();
      const title = "What this page's server passes calls on to does not answer.";
      reject(new Problem(502, "UPSTREAM_UNREACHABLE", title, `${url.host}: ${why}`));
    };
    asked.on("timeout", () => fail(`no answer within ${patienceMilliseconds / 1000} seconds`));
    asked.on("error", ({ message }) => fail(message));
    asked.on("response", resolve);
    // Nobody waits for it any more.
    response.on("close", () => asked.destroy());
    asked.end(body);
  });
}
