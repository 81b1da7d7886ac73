import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { type Identity, toPem } from "../tls/certificate.ts";

/** One request message in, one answer out. */
export type UnaryMethod = (request: Uint8Array) => Uint8Array;

/** A stream that the client opens and to which we never have anything to say. */
export const SILENT_STREAM = "silent stream";

/** gRPC methods by their path, for example `/grpc.health.v1.Health/Check`. */
export type Methods = Readonly<Record<string, UnaryMethod | typeof SILENT_STREAM>>;

export interface GrpcServerOptions {
  readonly methods: Methods;
  readonly identity: Identity;
  /** The one client that may call: its certificate in PEM. Every other is refused in the TLS handshake. */
  readonly clientCertificate: string;
  /** Called whenever a connection ends. */
  readonly onDisconnect?: () => void;
  /** Called when the client has connected. */
  readonly onConnect?: () => void;
}

/** Terraform's own limit for a message. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;
/** Node counts a stream's buffered bytes against its session, in megabytes, and its default of 10 refuses large files. */
const SESSION_MEMORY_MEGABYTES = 1024;

const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;

const RESPONSE_HEADERS = { ":status": 200, "content-type": "application/grpc" };
const FRAME_HEADER_LENGTH = 5;

class GrpcError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const unframe = (frame: Buffer): Uint8Array => {
  if (frame.length < FRAME_HEADER_LENGTH) throw new GrpcError(INTERNAL, "the request ends before its message");
  if (frame[0] !== 0) throw new GrpcError(UNIMPLEMENTED, "compressed messages are not supported");
  if (frame.readUInt32BE(1) !== frame.length - FRAME_HEADER_LENGTH) {
    throw new GrpcError(INTERNAL, "the request is not one whole message");
  }
  return frame.subarray(FRAME_HEADER_LENGTH);
};

const frame = (message: Uint8Array): Buffer => {
  const header = Buffer.alloc(FRAME_HEADER_LENGTH);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
};

const readAll = async (stream: ServerHttp2Stream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_MESSAGE)
      throw new GrpcError(RESOURCE_EXHAUSTED, `a message is limited to ${LARGEST_MESSAGE} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const fail = (stream: ServerHttp2Stream, error: unknown): void => {
  if (stream.closed || stream.headersSent) return;
  const status = error instanceof GrpcError ? error.status : INTERNAL;
  const message = encodeURIComponent(error instanceof Error ? error.message : String(error));
  stream.respond({ ...RESPONSE_HEADERS, "grpc-status": status, "grpc-message": message }, { endStream: true });
};

const answer = (stream: ServerHttp2Stream, message: Uint8Array): void => {
  if (stream.closed) return;
  stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": 0 }));
  stream.end(frame(message));
};

/** Serves unary gRPC over mutual TLS on a free port of 127.0.0.1, which it resolves to. Unknown methods answer UNIMPLEMENTED. */
export const serveGrpc = (options: GrpcServerOptions): Promise<number> => {
  const server = createSecureServer({
    key: options.identity.privateKey,
    cert: toPem(options.identity.certificate),
    ca: options.clientCertificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    maxSessionMemory: SESSION_MEMORY_MEGABYTES,
  });

  const serve = async (stream: ServerHttp2Stream, path: string): Promise<void> => {
    const method = Object.hasOwn(options.methods, path) ? options.methods[path] : undefined;
    if (!method) throw new GrpcError(UNIMPLEMENTED, `${path} is not implemented`);
    if (method === SILENT_STREAM) stream.respond(RESPONSE_HEADERS);
    else answer(stream, method(unframe(await readAll(stream))));
  };

  server.on("stream", (stream, headers) => {
    // A client may reset a stream at any time; without a listener that would end the process.
    stream.on("error", () => {});
    serve(stream, String(headers[":path"])).catch((error: unknown) => fail(stream, error));
  });
  server.on("session", (session) => {
    options.onConnect?.();
    session.on("close", () => options.onDisconnect?.());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
};
