import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { NotAdmitted } from "./admission.ts";

/** The token that a client offers: its first WebSocket subprotocol. */
export const tokenOf = ({ headers }: IncomingMessage): string | undefined =>
  headers["sec-websocket-protocol"]?.split(",")[0]?.trim();

/** Answers a handshake with a status in place of a WebSocket. */
export const refuseHandshake = (socket: Duplex, { status, message }: NotAdmitted): void => {
  const body = JSON.stringify({ message });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\nconnection: close`;
  socket.on("error", () => {});
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
