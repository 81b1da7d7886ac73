import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CliError } from "../terminal/cli-error.ts";
import { apiPath } from "./api-calls.ts";
import { refuseStrangers } from "./guards.ts";
import { Problem, problemBody } from "./problem.ts";
import { signInPath } from "./sign-in-calls.ts";
import type { StaticFiles } from "./static-files.ts";

export interface ServePageOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly files: StaticFiles;
  /** What `/config.json` says: what a page must know of where it runs. */
  readonly config: Readonly<Record<string, string>>;
  /** @throws Problem */
  readonly callApi: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** @throws Problem */
  readonly callCognito: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Sent with each answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Told, in lines for a human, what went wrong. */
  readonly report: (line: string) => void;
}

export interface PageServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves files, the API and sign-in to browsers on this machine, and to nobody else.
 *
 * @throws CliError PORT_BUSY
 */
export async function servePage(options: ServePageOptions): Promise<PageServer> {
  const { files, config, callApi, callCognito, headers, report } = options;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    try {
      refuseStrangers(request.headers);
      const { pathname, search } = readTarget(request);
      if (pathname.startsWith(apiPath)) await callApi(pathname + search, request, response);
      else if (pathname === signInPath) await callCognito(request, response);
      else if (pathname === "/config.json") sendJson(response, 200, config);
      else sendFile(files, pathname, request, response);
    } catch (error) {
      sendProblem(response, error, report);
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Without `..`, so that a path below an address stays below it. */
function readTarget({ url = "/" }: IncomingMessage): URL {
  return new URL(`http://page${url.startsWith("/") ? url : "/"}`);
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
  if (method !== "GET" && method !== "HEAD") {
    throw new Problem(405, "METHOD_REFUSED", "This address has another method.", `${method} is not GET or HEAD.`);
  }
  const file = files(path);
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

/** A fault of ours is told to whoever runs the server; the page learns only that there was one. */
function sendProblem(response: ServerResponse, error: unknown, report: (line: string) => void): void {
  const problem = error instanceof Problem ? error : new Problem(500, "INTERNAL", "The page's server failed.", "");
  if (problem.status >= 500) report(`The page: ${error instanceof Error ? error.message : String(error)}`);
  if (response.headersSent) response.destroy();
  else sendJson(response, problem.status, problemBody(problem), "application/problem+json");
}
