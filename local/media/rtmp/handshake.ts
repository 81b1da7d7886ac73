import { randomFillSync } from "node:crypto";
import { IngestFailure } from "../ingest-failure.ts";

/** The handshake of one connection, seen from the server (RTMP specification 1.0, section 5.2). */
export interface Handshake {
  /** What is to be sent now, and, once the handshake is over, the bytes that follow it. */
  receive(bytes: Buffer): { readonly answer?: Buffer; readonly rest?: Buffer };
}

const VERSION = 3;
/** Of C1, S1, C2 and S2 each. */
const PACKET_BYTES = 1536;
const HELLO_BYTES = 1 + PACKET_BYTES;
const WHOLE_BYTES = HELLO_BYTES + PACKET_BYTES;

/** What a client most likely meant that begins with another byte. */
const MISTAKEN: Readonly<Record<number, string>> = {
  6: "encrypted RTMP (RTMPE) is not taken; use RTMPS",
  22: "this port takes plain RTMP; RTMPS has a port of its own",
  71: "this port takes RTMP, not HTTP",
  80: "this port takes RTMP, not HTTP",
};

/** S0, S1 and S2: our version, our random bytes, and the client's own packet back. */
const answerTo = (clientPacket: Buffer): Buffer => {
  const answer = Buffer.alloc(1 + 2 * PACKET_BYTES);
  answer[0] = VERSION;
  // Four bytes of time and four zeros: "no digest", so that clients take the simple handshake.
  randomFillSync(answer, 9, PACKET_BYTES - 8);
  clientPacket.copy(answer, HELLO_BYTES);
  return answer;
};

/**
 * What the client sends back of our packet is not compared: encoders differ there, and it proves nothing.
 * @throws from receive: IngestFailure INGEST_PROTOCOL
 */
export const createHandshake = (): Handshake => {
  const received = Buffer.alloc(WHOLE_BYTES);
  let filled = 0;
  return {
    receive: (bytes) => {
      const before = filled;
      const taken = bytes.copy(received, filled);
      filled += taken;
      if (before === 0 && taken > 0 && received[0] !== VERSION) {
        const [first = 0] = received;
        throw new IngestFailure("INGEST_PROTOCOL", MISTAKEN[first] ?? `the first byte of RTMP must be 3: ${first}`);
      }
      return {
        ...(before < HELLO_BYTES && filled >= HELLO_BYTES && { answer: answerTo(received.subarray(1, HELLO_BYTES)) }),
        ...(filled === WHOLE_BYTES && { rest: bytes.subarray(taken) }),
      };
    },
  };
};
