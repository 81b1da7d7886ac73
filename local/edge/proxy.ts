import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerRefusal } from "./answer.ts";
import { toHostForm } from "./execute-api.ts";
import { requestHeaders, responseHeaders } from "./headers.ts";
import { refusal } from "./refusal.ts";

/** Where ministack listens, and what opens its door. */
export interface Upstream {
  readonly port: number;
  readonly secret: string;
}

/** Under ministack's own 120 s, so that it never closes a connection that we are about to use. */
const IDLE_MILLISECONDS = 60_000;

const agent = new Agent({ keepAlive: true, timeout: IDLE_MILLISECONDS });

const optionsFor = (incoming: IncomingMessage, { port, secret }: Upstream, rewrite: boolean) => {
  const asSent = { host: incoming.headers.host ?? "", target: incoming.url ?? "/" };
  const { host, target } = rewrite ? toHostForm(asSent) : asSent;
  const headers = requestHeaders(incoming.rawHeaders, host, secret);
  return { host: "127.0.0.1", port, method: incoming.method, path: target, headers };
};

/**
 * Passes a request on and its answer back, byte for byte, both as they come: no limit, nothing kept in memory.
 * @param rewrite whether an API addressed by its path is addressed by its host instead; never for a signed request
 * @returns when the answer is sent, or the client is gone
 */
export const passOn = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstream: Upstream,
  rewrite: boolean,
): Promise<void> =>
  new Promise((resolve) => {
    const onward = request({ ...optionsFor(incoming, upstream, rewrite), agent });
    outgoing.on("close", () => {
      onward.destroy();
      resolve();
    });
    onward.on("error", (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else {
        answerRefusal(
          outgoing,
          refusal(502, "PART_UNREACHABLE", `ministack did not answer: ${error.message}`, "ServiceUnavailable"),
        );
      }
    });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, responseHeaders(answer.rawHeaders));
      answer.on("error", () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });

/** Passes a protocol upgrade on: once ministack agrees, bytes go both ways until one side ends. */
export const passUpgradeOn = (incoming: IncomingMessage, client: Duplex, first: Buffer, upstream: Upstream): void => {
  const options = optionsFor(incoming, upstream, true);
  const upgrade = ["Connection", "Upgrade", "Upgrade", incoming.headers.upgrade ?? "websocket"];
  const onward = request({ ...options, headers: [...options.headers, ...upgrade] });
  const head = (status: number | undefined, message: string | undefined, rawHeaders: readonly string[]) => {
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
    return `${[`HTTP/1.1 ${status} ${message}`, ...lines].join("\r\n")}\r\n\r\n`;
  };
  client.on("error", () => onward.destroy());
  onward.on("error", () => client.destroy());
  onward.on("upgrade", (answer, server, firstAnswer) => {
    server.on("error", () => client.destroy());
    client.on("close", () => server.destroy());
    client.write(head(answer.statusCode, answer.statusMessage, answer.rawHeaders));
    client.write(firstAnswer);
    server.write(first);
    server.pipe(client).pipe(server);
  });
  onward.on("response", (answer) => {
    client.write(
      head(answer.statusCode, answer.statusMessage, [...responseHeaders(answer.rawHeaders), "Connection", "close"]),
    );
    answer.pipe(client);
  });
  onward.end();
};
