import type { WebSocket } from "ws";
import { newId } from "../../service-model/identifiers.ts";
import type { ChatTokenClaims } from "../chat-token.ts";
import { type Bucket, createBucket } from "./bucket.ts";
import type { ErrorCode, ErrorFrame } from "./frames.ts";
import { MOST_WAITING_BYTES } from "./limits.ts";

/** A client that is connected to a room. */
export interface Connection {
  readonly claims: ChatTokenClaims;
  /** The client's address. */
  readonly ip: string;
  readonly bucket: Bucket;
  /** False once it is closing: nothing of it counts any more. */
  readonly isOpen: boolean;
  /** Sends text in UTF-8. A client that does not take what it is sent is cut off. */
  send(text: Buffer): void;
  refuse(requestId: string, code: ErrorCode, message: string, id?: string): void;
  /** Closes it with a WebSocket close code. */
  end(code: number, reason: string): void;
  /** Closes it at once, with no handshake. */
  cut(): void;
  /** Asks for a sign of life; cuts the connection where none came since the last call. */
  checkAlive(): void;
}

/** Wraps an accepted WebSocket. */
export const createConnection = (socket: WebSocket, claims: ChatTokenClaims, ip: string): Connection => {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const connection: Connection = {
    claims,
    ip,
    bucket: createBucket(),
    get isOpen() {
      return socket.readyState === socket.OPEN;
    },
    send: (text) => {
      if (!connection.isOpen) return;
      if (socket.bufferedAmount > MOST_WAITING_BYTES) return socket.terminate();
      socket.send(text, { binary: false });
    },
    refuse: (requestId, code, message, id = newId()) => {
      const frame: ErrorFrame = {
        Type: "ERROR",
        Id: id,
        RequestId: requestId,
        ErrorCode: code,
        ErrorMessage: message,
      };
      connection.send(Buffer.from(JSON.stringify(frame)));
    },
    end: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
    checkAlive: () => {
      if (!isAlive) return socket.terminate();
      isAlive = false;
      socket.ping();
    },
  };
  return connection;
};
