import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClientSession } from "#local/media/encoder/client-session.ts";
import { EncoderFailure } from "#local/media/encoder/encoder-failure.ts";
import { IngestFailure } from "#local/media/ingest-failure.ts";
import type { AmfValue } from "#local/media/rtmp/amf0.ts";
import { decodeAmf0 } from "#local/media/rtmp/amf0-decode.ts";
import { encodeAmf0 } from "#local/media/rtmp/amf0-encode.ts";
import { createChunkReader } from "#local/media/rtmp/chunk-reader.ts";
import { writeChunks } from "#local/media/rtmp/chunk-writer.ts";
import { MESSAGE, type Message } from "#local/media/rtmp/message.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";
const HANDSHAKE = 1536;

/** A client's session, and the server's end of it, told by hand. */
const open = () => {
  const sent: Buffer[] = [];
  const state = { published: 0 };
  const session = createClientSession({
    app: "app",
    tcUrl: "rtmps://127.0.0.1:1936/app",
    streamKey: KEY,
    send: (bytes) => sent.push(bytes),
    published: () => {
      state.published += 1;
    },
  });
  const messages = (): readonly Message[] => {
    const limits = { maximumBytes: () => 1e6, incompleteBytes: 1e6, chunkStreams: 8 };
    return [...createChunkReader(limits).read(Buffer.concat(sent).subarray(1 + 2 * HANDSHAKE))];
  };
  const commands = () => messages().flatMap(({ type, body }) => (type === MESSAGE.command ? [decodeAmf0(body)] : []));
  const say = (type: number, body: Buffer) =>
    session.receive(writeChunks({ type, streamId: 0, timestamp: 0, body }, 3));
  const command = (...values: readonly AmfValue[]) => say(MESSAGE.command, encodeAmf0(...values));
  const greet = () => {
    session.greet();
    session.receive(Buffer.concat([Buffer.of(3), Buffer.alloc(2 * HANDSHAKE, 7)]));
  };
  const connected = () => command("_result", 1, {}, { level: "status", code: "NetConnection.Connect.Success" });
  const started = () => command("onStatus", 0, null, { level: "status", code: "NetStream.Publish.Start" });
  return { ...session, state, sent, messages, commands, say, command, greet, connected, started };
};

describe("createClientSession", () => {
  it("greets with version 3, and gives the server's packet back", () => {
    const { greet, sent } = open();
    greet();
    expect(sent[0]).toHaveLength(1 + HANDSHAKE);
    expect(sent[0]?.[0]).toBe(3);
    expect(sent[1]?.equals(Buffer.alloc(HANDSHAKE, 7))).toBe(true);
  });

  it("publishes by the commands that encoders send, in their order", () => {
    const { greet, connected, command, started, commands, state } = open();
    greet();
    connected();
    command("_result", 4, null, 5);
    expect(state.published).toBe(0);
    started();
    expect(state.published).toBe(1);
    expect(commands()).toEqual([
      ["connect", 1, expect.objectContaining({ app: "app", tcUrl: "rtmps://127.0.0.1:1936/app" })],
      ["releaseStream", 2, null, KEY],
      ["FCPublish", 3, null, KEY],
      ["createStream", 4, null],
      ["publish", 5, null, KEY, "live"],
    ]);
  });

  it("shows its key to nobody before the server has accepted the connection", () => {
    const { greet, sent } = open();
    greet();
    expect(Buffer.concat(sent).toString("latin1")).not.toContain(KEY);
  });

  it("sends media on the stream that the server gave, and what describes it so that it is kept", () => {
    const { greet, connected, command, started, media, messages, sent } = open();
    greet();
    connected();
    command("_result", 4, null, 5);
    started();
    const before = messages().length;
    sent.push(media({ type: 18, timestamp: 0, body: encodeAmf0("onMetaData", { width: 320 }) }));
    sent.push(media({ type: 9, timestamp: 40, body: Buffer.alloc(10_000, 1) }));
    sent.push(media({ type: 8, timestamp: 0xfffffff0, body: Buffer.alloc(9_000, 2) }));
    const [data, video, audio] = messages().slice(before);
    expect(decodeAmf0(data?.body ?? Buffer.alloc(0))).toEqual(["@setDataFrame", "onMetaData", { width: 320 }]);
    expect(video).toEqual({ type: 9, streamId: 5, timestamp: 40, body: Buffer.alloc(10_000, 1) });
    expect(audio).toEqual({ type: 8, streamId: 5, timestamp: 0xfffffff0, body: Buffer.alloc(9_000, 2) });
  });

  it("ends a stream in good order", () => {
    const { greet, connected, command, started, goodbye, commands, sent } = open();
    greet();
    connected();
    command("_result", 4, null, 5);
    started();
    sent.push(goodbye());
    expect(commands().slice(-2)).toEqual([
      ["FCUnpublish", 6, null, KEY],
      ["deleteStream", 7, null, 5],
    ]);
  });

  it("answers pings and a limit of its bandwidth", () => {
    const { greet, say, messages } = open();
    greet();
    say(MESSAGE.userControl, Buffer.from("000600001234", "hex"));
    say(MESSAGE.setPeerBandwidth, Buffer.from("004c4b4002", "hex"));
    expect(messages().slice(1)).toMatchObject([
      { type: MESSAGE.userControl, body: Buffer.from("000700001234", "hex") },
      { type: MESSAGE.windowAcknowledgementSize, body: Buffer.from("004c4b40", "hex") },
    ]);
  });

  it("goes on where the server does not know releaseStream", () => {
    const { greet, connected, command, started, state } = open();
    greet();
    connected();
    command("_error", 2, null, { level: "error", code: "NetConnection.Call.Failed" });
    command("_result", 4, null, 1);
    started();
    expect(state.published).toBe(1);
  });

  it.each([
    ["connect", ["_error", 1, null, { level: "error", description: "no such application" }], "no such application"],
    [
      "publish",
      ["onStatus", 0, null, { level: "error", code: "NetStream.Publish.BadName" }],
      "NetStream.Publish.BadName",
    ],
    ["createStream", ["_error", 4, null], "the server answered _error without a reason"],
  ] as const)("throws what the server said to %s", (_, answer, message) => {
    const { greet, connected, command } = open();
    greet();
    if (answer[1] !== 1) connected();
    expect(() => command(...answer)).toThrow(expect.objectContaining({ kind: "refused", message }));
  });

  it("tells an end of the stream from a refusal", () => {
    const { greet, connected, command, started } = open();
    greet();
    connected();
    command("_result", 4, null, 1);
    started();
    const stopped = { level: "error", code: "NetStream.Publish.Denied", description: "stopped" };
    expect(() => command("onStatus", 0, null, stopped)).toThrow(
      expect.objectContaining({ kind: "lost", message: "stopped" }),
    );
  });

  it("tells a server of another protocol apart", () => {
    const { receive } = open();
    expect(() => receive(Buffer.from("HTTP/1.1 400"))).toThrow(
      "the server speaks no RTMP: its first byte is 72, not 3",
    );
  });

  it.each([0, -1, -5e-324, 1.5, 2 ** 32, 4294967295.0000005, Number.NaN])(
    "refuses %d as the stream to publish on",
    (id) => {
      const { greet, connected, command } = open();
      greet();
      connected();
      expect(() => command("_result", 4, null, id)).toThrow("the server gave no stream to publish on");
    },
  );

  it("fails in its own words, whatever a server says", () => {
    const words = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      // Whole commands, so that chance gets behind the chunks too.
      fc
        .tuple(
          fc.constantFrom("_result", "_error", "onStatus", "close"),
          fc.integer({ min: 0, max: 7 }),
          fc.jsonValue(),
        )
        .map(([name, transaction, value]) => {
          const body = encodeAmf0(name, transaction, null, value as AmfValue);
          return writeChunks({ type: MESSAGE.command, streamId: 0, timestamp: 0, body }, 3);
        }),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (said) => {
        const { greet, receive } = open();
        greet();
        try {
          for (const bytes of said) receive(bytes);
        } catch (error) {
          if (!(error instanceof EncoderFailure || error instanceof IngestFailure)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
