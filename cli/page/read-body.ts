import type { IncomingMessage } from "node:http";
import { Problem } from "./problem.ts";

/**
 * The body of a request, whole.
 *
 * @throws Problem BODY_TOO_LARGE, before more than that is read
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = Number(request.headers["content-length"] ?? 0);
  if (bytes <= mostBytes) {
    bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) break;
      chunks.push(chunk);
    }
  }
  if (bytes <= mostBytes) return Buffer.concat(chunks);
  throw new Problem(413, "BODY_TOO_LARGE", "The body is too large.", `It must be at most ${mostBytes} bytes.`);
}
