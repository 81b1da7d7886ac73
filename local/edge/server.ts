import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Service } from "../service.ts";
import { answerJson, answerRefusal } from "./answer.ts";
import { effectOf } from "./changes.ts";
import { type AskIam, callEngine } from "./engine-call.ts";
import { createGate, type Gate } from "./gate.ts";
import { judge } from "./judge.ts";
import { passOn, passUpgradeOn, type Upstream } from "./proxy.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { type RequestHead, readHead } from "./request-head.ts";

/** Our own routes below `/_onair/`, by method and path; each answers JSON. */
export type OwnRoutes = Readonly<Record<string, (head: RequestHead) => Promise<unknown>>>;

/** What stands behind the edge once it is up. */
export interface Backends {
  readonly ministack: Upstream;
  readonly services: readonly Service[];
  readonly askIam: AskIam;
  /** Serves a playback address. */
  readonly playback: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  /** Takes over a request for a WebSocket of chat. */
  readonly chat: (incoming: IncomingMessage, client: Duplex, first: Buffer) => void;
}

export interface Edge {
  readonly port: number;
  readonly gate: Gate;
  /** Counts requests that may have changed what ministack holds. */
  readonly changes: number;
  /** Counts a change that was made past the edge. */
  noteChange(): void;
  /** From now on calls are served; before, they are told that the cloud is starting. */
  open(backends: Backends): void;
  close(): Promise<void>;
}

/** Above the 90 s for which Terraform's provider keeps an idle connection, or it meets connections that we just closed. */
const KEEP_ALIVE_MILLISECONDS = 120_000;
/** Room for presigned addresses and session tokens. */
const HEADER_BYTES = 64 * 1024;

const STARTING = refusal(503, "STARTING", "The local cloud is starting.", "ServiceUnavailable");
const NO_UPGRADE = refusal(400, "NO_UPGRADE", "Nothing here speaks another protocol than HTTP.", "ValidationException");
const NOT_UPGRADED = refusal(426, "WEBSOCKET_ONLY", "Chat is spoken over a WebSocket only.");

const serveOwnRoute = async (routes: OwnRoutes, head: RequestHead, outgoing: ServerResponse): Promise<void> => {
  const route = routes[`${head.method} ${head.path}`];
  if (route === undefined) {
    const message = `The local cloud has no ${head.method} ${head.path}.`;
    return answerRefusal(outgoing, refusal(404, "NO_SUCH_PATH", message, "ResourceNotFoundException"));
  }
  try {
    answerJson(outgoing, 200, await route(head));
  } catch (error) {
    answerJson(outgoing, 500, { code: "FAILED", message: (error as Error).message });
  }
};

const refuseUpgrade = (client: Duplex, { status, body }: Refusal): void => {
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\nconnection: close`;
  client.end(`${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};

/**
 * Starts listening on 127.0.0.1, so that the port is ours before anything slow begins.
 * @param report told, in a line, what went wrong in an engine
 * @throws the error of `listen`, for example EADDRINUSE
 */
export const startEdge = async (port: number, routes: OwnRoutes, report: (line: string) => void): Promise<Edge> => {
  const gate = createGate();
  let backends: Backends | undefined;
  let engines: ReadonlyMap<string, Service> = new Map();
  let names: ReadonlySet<string> = new Set();
  let changes = 0;

  const forward = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    head: RequestHead,
    { ministack }: Backends,
  ) => {
    const effect = effectOf(head);
    const leave = effect === "changes" ? await gate.enter() : undefined;
    try {
      await passOn(incoming, outgoing, ministack, head.signed === undefined);
    } finally {
      if (effect !== "reads") changes += 1;
      leave?.();
    }
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const head = readHead(incoming.method ?? "GET", incoming.url ?? "/", incoming.rawHeaders);
    if (typeof head === "string") {
      return answerRefusal(outgoing, refusal(400, "MALFORMED", `The request has ${head}.`, "ValidationException"));
    }
    const verdict = judge(head, names);
    if (verdict.to === "nowhere") return answerRefusal(outgoing, verdict.refusal);
    if (verdict.to === "ourselves") return serveOwnRoute(routes, head, outgoing);
    if (backends === undefined) return answerRefusal(outgoing, STARTING);
    if (verdict.to === "ministack") return forward(incoming, outgoing, head, backends);
    if (verdict.to === "playback") return backends.playback(incoming, outgoing);
    if (verdict.to === "chat") return answerRefusal(outgoing, NOT_UPGRADED);

    const service = engines.get(verdict.scope.service);
    if (service === undefined) throw new Error(`no engine for ${verdict.scope.service}`);
    const leave = await gate.enter();
    try {
      await callEngine(incoming, outgoing, head, verdict.scope, service, backends.askIam);
    } finally {
      leave();
    }
  };

  const server: Server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS, maxHeaderSize: HEADER_BYTES });
  server.requestTimeout = 0;
  server.on("request", (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: Error) => {
      report(`${incoming.method} ${incoming.url?.split("?")[0]} failed: ${error.stack ?? error.message}`);
      if (outgoing.headersSent) outgoing.destroy();
      else answerRefusal(outgoing, refusal(500, "INTERNAL", "The local cloud failed.", "InternalServerException"));
    });
  });
  server.on("upgrade", (incoming, client, first) => {
    // It closes by itself then; without a listener the error of one client would end the process.
    client.on("error", () => undefined);
    const head = readHead(incoming.method ?? "GET", incoming.url ?? "/", incoming.rawHeaders);
    if (typeof head === "string") return client.destroy();
    const verdict = judge(head, names);
    if (verdict.to === "nowhere") return refuseUpgrade(client, verdict.refusal);
    if (backends === undefined) return refuseUpgrade(client, STARTING);
    if (verdict.to === "chat") return backends.chat(incoming, client, first);
    if (verdict.to !== "ministack") return refuseUpgrade(client, NO_UPGRADE);
    passUpgradeOn(incoming, client, first, backends.ministack);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    gate,
    get changes() {
      return changes;
    },
    noteChange: () => {
      changes += 1;
    },
    open: (opened) => {
      engines = new Map(opened.services.map((service) => [service.name, service]));
      names = new Set(engines.keys());
      backends = opened;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
