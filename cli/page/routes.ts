import type { IncomingMessage } from "node:http";
import * as v from "valibot";
import { Problem } from "./problem.ts";
import type { PublicApi } from "./public-api.ts";

const mostBodyBytes = 1024;

/** A guest's secret: long enough not to be guessed. */
const chatTokenRequest = v.object({ guest: v.pipe(v.string(), v.minLength(16), v.maxLength(200)) });

const channelPath = /^\/api\/public\/channels\/([^/]+)$/;
const chatTokenPath = /^\/api\/public\/channels\/([^/]+)\/chat-token$/;

/**
 * The answer to a call of the page's.
 *
 * @throws Problem
 */
export async function answerApi(api: PublicApi, path: string, request: IncomingMessage): Promise<unknown> {
  if (path === "/api/public/channels") {
    demandMethod(request, "GET");
    return api.listChannels();
  }
  const channel = channelPath.exec(path)?.[1];
  if (channel !== undefined) {
    demandMethod(request, "GET");
    return api.getChannel(decode(channel));
  }
  const room = chatTokenPath.exec(path)?.[1];
  if (room !== undefined) {
    demandMethod(request, "POST");
    const { guest } = await readChatTokenRequest(request);
    return api.createChatToken(decode(room), guest);
  }
  throw new Problem(
    404,
    "ROUTE_UNKNOWN",
    "There is no such call.",
    `${JSON.stringify(path)} is no address of this API.`,
  );
}

function demandMethod({ method }: IncomingMessage, wanted: string): void {
  if (method === wanted) return;
  throw new Problem(405, "METHOD_REFUSED", "This call has another method.", `${method} is not ${wanted}.`);
}

/** A name with a broken percent sign is the name of nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function readChatTokenRequest(request: IncomingMessage) {
  const type = request.headers["content-type"]?.split(";")[0]?.trim();
  if (type !== "application/json") {
    const detail = `The body is ${JSON.stringify(type ?? "nothing")}.`;
    throw new Problem(415, "BODY_NOT_JSON", "The body must be application/json.", detail);
  }
  const parsed = v.safeParse(chatTokenRequest, parse(await readBody(request)));
  if (parsed.success) return parsed.output;
  // The path of what is wrong, never its value, which is a secret.
  const detail = "guest must be a string of 16 to 200 characters.";
  throw new Problem(400, "BODY_INVALID", "The body is not what this call takes.", detail);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) {
      const detail = `It must be at most ${mostBodyBytes} bytes.`;
      throw new Problem(413, "BODY_TOO_LARGE", "The body is too large.", detail);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
