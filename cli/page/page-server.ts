import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import type { RunChannel } from "../start/run-file.ts";
import { CliError } from "../terminal/cli-error.ts";
import { refuseStrangers } from "./guards.ts";
import { Problem, problemBody } from "./problem.ts";
import { createPublicApi } from "./public-api.ts";
import { answerApi } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { readStaticFiles, type StaticFiles } from "./static-files.ts";

export interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly channels: readonly RunChannel[];
  /** Where the chat is: a WebSocket address. */
  readonly chatUrl: string;
  readonly region: string;
  /** Closes it. */
  readonly signal?: AbortSignal;
  /** Told, in lines for a human, what went wrong. @default nobody */
  readonly report?: (line: string) => void;
}

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the page and what it asks for to this machine. Endpoint and credentials of AWS come from the environment, as for
 * every AWS tool; the browser gets neither.
 *
 * @throws CliError PORT_BUSY
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { channels, chatUrl, region, report = () => {} } = options;
  const clients = { ivs: new IvsClient({ region }), chat: new IvschatClient({ region }) };
  const api = createPublicApi({ ...clients, channels, chatUrl });
  const files = readStaticFiles(options.folder);
  const headers = securityHeaders([chatUrl, ...channels.map(({ playbackUrl }) => playbackUrl)]);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    try {
      refuseStrangers(request.headers);
      const path = new URL(request.url ?? "/", "http://page").pathname;
      if (path.startsWith("/api/")) sendJson(response, 200, await answerApi(api, path, request));
      else sendFile(files, path, request, response);
    } catch (error) {
      sendProblem(response, error, report);
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, options.port);

  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    for (const client of Object.values(clients)) client.destroy();
  };
  options.signal?.addEventListener("abort", () => void close(), { once: true });
  return { url: `http://127.0.0.1:${port}`, port, close };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const what = `The page cannot be served: port ${port} belongs to another program.`;
      reject(new CliError("PORT_BUSY", what, error.message, `End that program (lsof -i :${port}), then try again.`));
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function sendFile(files: StaticFiles, path: string, { method }: IncomingMessage, response: ServerResponse): void {
  const file = files(path);
  if (method !== "GET" && method !== "HEAD") {
    throw new Problem(405, "METHOD_REFUSED", "This address is only read.", `${method} is not GET or HEAD.`);
  }
  if (file === undefined) {
    throw new Problem(404, "FILE_UNKNOWN", "There is no such file.", `${JSON.stringify(path)} is no file of the page.`);
  }
  response.writeHead(200, {
    "content-type": file.type,
    "content-length": file.body.length,
    "cache-control": file.cacheControl,
  });
  response.end(method === "HEAD" ? undefined : file.body);
}

function sendJson(response: ServerResponse, status: number, body: unknown, type = "application/json"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(JSON.stringify(body));
}

function sendProblem(response: ServerResponse, error: unknown, report: (line: string) => void): void {
  const problem =
    error instanceof Problem
      ? error
      : new Problem(500, "INTERNAL", "The page's server failed.", "Its own log says more.");
  if (problem.status >= 500) report(`The page: ${error instanceof Error ? error.message : String(error)}`);
  if (response.headersSent) response.destroy();
  else sendJson(response, problem.status, problemBody(problem), "application/problem+json");
}
