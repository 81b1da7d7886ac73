import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHandshake } from "#local/media/rtmp/handshake.ts";

const clientPacket = randomBytes(1536);
const helloAndPacket = Buffer.concat([Buffer.of(3), clientPacket]);

describe("the handshake", () => {
  it("answers with its version, a packet of its own, and the client's", () => {
    const { answer = Buffer.alloc(0), rest } = createHandshake().receive(helloAndPacket);
    expect(answer.length).toBe(1 + 2 * 1536);
    expect(answer[0]).toBe(3);
    expect(answer.readUInt32BE(5)).toBe(0);
    expect(answer.subarray(1537).equals(clientPacket)).toBe(true);
    expect(rest).toBeUndefined();
  });

  it("answers once and gives what follows, however the bytes come", () => {
    const after = Buffer.from("what follows");
    const whole = Buffer.concat([helloAndPacket, Buffer.alloc(1536), after]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), (size) => {
        const handshake = createHandshake();
        let answers = 0;
        let offset = 0;
        let rest: Buffer | undefined;
        for (; rest === undefined; offset += size) {
          const step = handshake.receive(whole.subarray(offset, offset + size));
          answers += step.answer ? 1 : 0;
          rest = step.rest;
        }
        expect(answers).toBe(1);
        expect(Buffer.concat([rest, whole.subarray(offset)]).toString()).toBe("what follows");
      }),
    );
  });

  it.each([
    ["TLS", 0x16, "this port takes plain RTMP; RTMPS has a port of its own"],
    ["HTTP", 0x47, "this port takes RTMP, not HTTP"],
    ["RTMPE", 0x06, "encrypted RTMP (RTMPE) is not taken; use RTMPS"],
    ["anything else", 0xff, "the first byte of RTMP must be 3: 255"],
  ])("refuses %s", (_, byte, message) => {
    expect(() => createHandshake().receive(Buffer.of(byte))).toThrow(
      expect.objectContaining({ code: "INGEST_PROTOCOL", message }),
    );
  });
});
