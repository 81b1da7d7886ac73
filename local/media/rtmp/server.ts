import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { type Connection, serveConnection } from "./connection.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import type { Authorize } from "./session.ts";

export interface IngestOptions {
  /** For RTMP; 0 takes a free one. */
  readonly port: number;
  /** For RTMPS, with {@link IngestOptions.tls}; 0 takes a free one. @default no RTMPS */
  readonly tlsPort?: number;
  /** Private key and certificate in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** @default 127.0.0.1 */
  readonly host?: string;
  readonly authorize: Authorize;
  /** Told in a line what happens; never a stream key. */
  readonly log: (line: string) => void;
  /** @default {@link DEFAULT_LIMITS} */
  readonly limits?: Partial<Limits>;
}

export interface Ingest {
  readonly port: number;
  /** 0 without RTMPS. */
  readonly tlsPort: number;
  /** Encoders that are connected. */
  readonly connections: number;
  /** Ends every publication, closes every connection and stops listening. */
  close(): Promise<void>;
}

/** Gives the port. Later errors, for example that no file descriptor is left for one more connection, are only told. */
const listen = (server: Server, port: number, host: string, log: (line: string) => void): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject).on("error", (error) => log(`INGEST_INTERNAL: ${error.message}`));
      resolve((server.address() as AddressInfo).port);
    });
  });

const stop = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/**
 * Takes in streams at `rtmp(s)://host:port/app/<stream key>`: H.264 and AAC, as Amazon IVS does. Whatever an encoder sends
 * ends its own connection at worst.
 * @throws the error of `listen`, for example EADDRINUSE
 */
export const startIngest = async (options: IngestOptions): Promise<Ingest> => {
  const { host = "127.0.0.1", authorize, log } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const connections = new Set<Connection>();
  /** Before TLS, too: to be able to close those that never get as far as a connection. */
  const sockets = new Set<Socket>();

  const serve = (secure: boolean) => (socket: Socket) => {
    const connection = serveConnection(socket, { secure, limits, authorize, log });
    connections.add(connection);
    connection.closed.finally(() => connections.delete(connection));
  };
  const watch = (server: Server): Server => {
    server.maxConnections = limits.connections;
    return server.on("connection", (socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    });
  };

  const plain = watch(createServer(serve(false)));
  const servers = [plain];
  const port = await listen(plain, options.port, host, log);
  let tlsPort = 0;
  if (options.tls && options.tlsPort !== undefined) {
    const secure = watch(
      createTlsServer({ ...options.tls, handshakeTimeout: limits.publishMilliseconds }, serve(true)),
    );
    secure.on("tlsClientError", (error, socket) => {
      log(`${socket.remoteAddress}: INGEST_PROTOCOL: no TLS: ${error.message}`);
      socket.destroy();
    });
    tlsPort = await listen(secure, options.tlsPort, host, log).catch(async (error) => {
      await stop(plain);
      throw error;
    });
    servers.push(secure);
  }

  return {
    port,
    tlsPort,
    get connections() {
      return connections.size;
    },
    close: async () => {
      const stopped = Promise.all(servers.map(stop));
      for (const connection of connections) connection.shutDown();
      const enough = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, limits.lingerMilliseconds);
      await stopped;
      clearTimeout(enough);
    },
  };
};
