import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the SDK sent it. */
export interface SentRequest {
  /** Method, path and query, for example `PUT /bucket?versioning`. */
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface PlayedService extends AsyncDisposable {
  readonly endpoint: string;
  readonly sent: SentRequest[];
}

/** A service that answers as told, one answer for each call, so that what AWS says can be tried word for word. */
export async function playService(answer: (request: SentRequest) => Answer): Promise<PlayedService> {
  const sent: SentRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk) => {
      body += chunk;
    });
    incoming.on("end", () => {
      const line = `${incoming.method} ${incoming.url?.replace(/[?&]x-id=\w+/, "")}`;
      const request = { line, headers: incoming.headers, body };
      sent.push(request);
      const { status, headers, body: text } = answer(request);
      outgoing.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
