import { randomFillSync } from "node:crypto";
import { EncoderFailure } from "./encoder-failure.ts";

/** The handshake of one connection, seen from the client (RTMP specification 1.0, section 5.2). */
export interface ClientHandshake {
  /** C0 and C1: what a client begins with. */
  readonly hello: Buffer;
  /** What is to be sent now, and, once the handshake is over, the bytes that follow it. @throws EncoderFailure lost */
  receive(bytes: Buffer): { readonly answer?: Buffer; readonly rest?: Buffer };
}

const VERSION = 3;
/** Of C1, S1, C2 and S2 each. */
const PACKET_BYTES = 1536;
const HELLO_BYTES = 1 + PACKET_BYTES;
const WHOLE_BYTES = HELLO_BYTES + PACKET_BYTES;

/** Our version, four bytes of time and four zeros ("no digest", so that servers take the simple handshake), and noise. */
const makeHello = (): Buffer => {
  const hello = Buffer.alloc(HELLO_BYTES);
  hello[0] = VERSION;
  return randomFillSync(hello, 9);
};

/** What the server sends back of our packet is not compared: servers differ there, and TLS proves who it is. */
export const createClientHandshake = (): ClientHandshake => {
  const received = Buffer.alloc(WHOLE_BYTES);
  let filled = 0;
  return {
    hello: makeHello(),
    receive: (bytes) => {
      const before = filled;
      const taken = bytes.copy(received, filled);
      filled += taken;
      if (before === 0 && taken > 0 && received[0] !== VERSION) {
        throw new EncoderFailure("lost", `the server speaks no RTMP: its first byte is ${received[0]}, not ${VERSION}`);
      }
      return {
        ...(before < HELLO_BYTES &&
          filled >= HELLO_BYTES && { answer: Buffer.from(received.subarray(1, HELLO_BYTES)) }),
        ...(filled === WHOLE_BYTES && { rest: bytes.subarray(taken) }),
      };
    },
  };
};
