import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChunkReaderLimits, createChunkReader } from "#local/media/rtmp/chunk-reader.ts";
import { writeChunks } from "#local/media/rtmp/chunk-writer.ts";
import { MESSAGE, type Message } from "#local/media/rtmp/message.ts";
import { type Chunk, chunkStream } from "./fixture/chunk-stream.ts";
import { randomNumbers } from "./fixture/random.ts";

const LIMITS: ChunkReaderLimits = { maximumBytes: () => 100_000, incompleteBytes: 1_000_000, chunkStreams: 32 };
const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const readAll = (bytes: Buffer, limits = LIMITS) => [...createChunkReader(limits).read(bytes)];

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const control = (type: number, value: number, chunkSize = 128) =>
  writeChunks({ type, streamId: 0, timestamp: 0, body: uint32(value) }, 2, chunkSize);

const messages = fc.array(
  fc.record({
    type: fc.constantFrom(MESSAGE.audio, MESSAGE.video, MESSAGE.command, MESSAGE.data),
    streamId: fc.constantFrom(0, 1, 0xfffffffe),
    timestamp: fc.oneof(
      fc.constantFrom(0, 33, 66, 99, 0xfffffe, 0xffffff, 0x1000000, 0xfffffff0, 0xffffffff),
      fc.nat(0xffffffff),
    ),
    body: fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 25 },
);

interface Sending {
  readonly chunks: Generator<Chunk, void>;
  readonly message: Message;
}

/** Sends messages over several chunk streams, their chunks mixed, their sizes changing; gives the bytes and what must come out. */
const sendMixed = (list: readonly Message[], seed: number) => {
  const choose = randomNumbers(seed);
  const ids = [3, 63, 64, 319, 320, 65_599];
  const senders = ids.map((id) => ({ id, send: chunkStream(id, choose), sending: undefined as Sending | undefined }));
  const pieces: Buffer[] = [];
  const expected: Message[] = [];
  const queue = [...list];
  let chunkSize = 128;
  while (queue.length > 0 || senders.some(({ sending }) => sending)) {
    const sender = senders[choose(senders.length)];
    if (!sender) continue;
    if (choose(20) === 0) {
      const next = 1 + choose(300);
      pieces.push(control(MESSAGE.setChunkSize, next, chunkSize));
      chunkSize = next;
    }
    if (sender.sending && choose(30) === 0) {
      pieces.push(control(MESSAGE.abort, sender.id, chunkSize));
      sender.sending = undefined;
    }
    const message = sender.sending?.message ?? queue.shift();
    if (!message) continue;
    sender.sending ??= { chunks: sender.send(message, () => chunkSize), message };
    const { value } = sender.sending.chunks.next();
    if (value) pieces.push(value.bytes);
    if (!value?.isLast) continue;
    expected.push(message);
    sender.sending = undefined;
  }
  return { bytes: Buffer.concat(pieces), expected };
};

describe("a chunk stream", () => {
  it("gives the messages that were sent, however they were cut, mixed, abbreviated and delivered", () => {
    fc.assert(
      fc.property(messages, fc.nat(), (list, seed) => {
        const { bytes, expected } = sendMixed(list, seed);
        const reader = createChunkReader(LIMITS);
        const choose = randomNumbers(seed);
        const received: Message[] = [];
        for (let offset = 0; offset < bytes.length; ) {
          const end = offset + 1 + choose(choose(2) === 0 ? 4 : 500);
          received.push(...reader.read(bytes.subarray(offset, end)));
          offset = end;
        }
        expect(received).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("is read by the server as the server itself writes it", () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 1000 }), (list, chunkSize) => {
        const bytes = list.map((message) => writeChunks(message, 5, chunkSize));
        const set = control(MESSAGE.setChunkSize, chunkSize);
        expect(readAll(Buffer.concat([set, ...bytes]))).toEqual(list);
      }),
    );
  });

  it("may leave out the extended timestamp within a message, as some encoders do", () => {
    const body = Buffer.alloc(200, 1);
    const written = writeChunks({ type: 9, streamId: 1, timestamp: 0x1234567, body }, 6);
    const second = 12 + 4 + 128;
    expect(written.subarray(second, second + 5).toString("hex")).toBe("c601234567");
    const without = Buffer.concat([written.subarray(0, second + 1), written.subarray(second + 5)]);
    expect(readAll(without)).toEqual([{ type: 9, streamId: 1, timestamp: 0x1234567, body }]);
  });

  it("may begin with a header of type 1, as librtmp's control stream does", () => {
    expect(readAll(hex("42 000000 000004 05 002625a0"))).toEqual([
      { type: 5, streamId: 0, timestamp: 0, body: hex("002625a0") },
    ]);
  });

  it("adds a difference that wraps after 32 bits", () => {
    const bytes = hex("06 ffffff 000001 09 01000000 fffffff0 aa 86 000021 bb");
    expect(readAll(bytes).map(({ timestamp }) => timestamp)).toEqual([0xfffffff0, 0x11]);
  });
});

describe("a chunk stream that is broken", () => {
  it.each([
    [
      "a header that leaves out everything",
      "c3",
      "chunk stream 3 begins with a header of type 3, which needs one before it",
    ],
    [
      "a header that leaves out the length",
      "83 000000",
      "chunk stream 3 begins with a header of type 2, which needs one before it",
    ],
    ["a chunk size of zero", "02 000000 000004 01 00000000 00000000", "a chunk size must be 1 to 2147483647: 0"],
    [
      "a chunk size of four gigabytes",
      "02 000000 000004 01 00000000 ffffffff",
      "a chunk size must be 1 to 2147483647: 4294967295",
    ],
    ["a chunk size of two bytes", "02 000000 000002 01 00000000 0080", "a chunk size must be 1 to 2147483647: 0"],
    [
      "a message within another",
      `06 000000 000090 09 01000000 ${"00".repeat(128)} 06 000000 000001 09 01000000 00`,
      "chunk stream 6 begins a message within another",
    ],
  ])("is refused for %s", (_, bytes, message) => {
    expect(() => readAll(hex(bytes))).toThrow(expect.objectContaining({ code: "INGEST_PROTOCOL", message }));
  });

  it("is refused before memory is given to a message that is too long", () => {
    expect(() => readAll(hex("06 000000 ffffff 09 01000000"))).toThrow(
      expect.objectContaining({
        code: "INGEST_LIMIT",
        message: "a message of type 9 may have 100000 bytes: 16777215",
      }),
    );
  });

  it("is refused for more unfinished messages than one encoder has", () => {
    const begun = [6, 7, 8].map((id) => hex(`0${id} 000000 00c000 09 01000000 ${"00".repeat(128)}`));
    expect(() => readAll(Buffer.concat(begun), { ...LIMITS, incompleteBytes: 100_000 })).toThrow(
      expect.objectContaining({ code: "INGEST_LIMIT", message: "unfinished messages may have 100000 bytes in all" }),
    );
  });

  it("is refused for more chunk streams than one encoder has", () => {
    const begun = Array.from({ length: 33 }, (_, index) =>
      hex(`00 ${index.toString(16).padStart(2, "0")} 000000 000000 09 01000000`),
    );
    expect(() => readAll(Buffer.concat(begun))).toThrow(
      expect.objectContaining({ code: "INGEST_LIMIT", message: "a connection may have 32 chunk streams" }),
    );
  });

  it("gives back the memory of a message that is aborted", () => {
    const begun = hex(`06 000000 00c000 09 01000000 ${"00".repeat(128)}`);
    const rounds = Array.from({ length: 50 }, () => [begun, control(MESSAGE.abort, 6)]).flat();
    expect(readAll(Buffer.concat(rounds), { ...LIMITS, incompleteBytes: 100_000 })).toEqual([]);
  });

  it("is read, or refused with a reason, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          readAll(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^INGEST_(PROTOCOL|LIMIT)$/) });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
