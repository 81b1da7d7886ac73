import { createAcknowledgements } from "../rtmp/acknowledgements.ts";
import type { AmfValue } from "../rtmp/amf0.ts";
import { encodeAmf0 } from "../rtmp/amf0-encode.ts";
import { INITIAL_CHUNK_SIZE } from "../rtmp/chunk-header.ts";
import { createChunkReader } from "../rtmp/chunk-reader.ts";
import { writeChunks } from "../rtmp/chunk-writer.ts";
import { type Command, readCommand } from "../rtmp/command.ts";
import { answerUserControl, windowAcknowledgementSize } from "../rtmp/control-messages.ts";
import { MESSAGE, type Message } from "../rtmp/message.ts";
import { createClientHandshake } from "./client-handshake.ts";
import { EncoderFailure, type EncoderFailureKind } from "./encoder-failure.ts";
import type { FlvTag } from "./flv-tags.ts";

export interface ClientSessionOptions {
  /** The application, for example `app`. */
  readonly app: string;
  /** The whole address without the stream key. */
  readonly tcUrl: string;
  readonly streamKey: string;
  readonly send: (bytes: Buffer) => void;
  /** Told once, when the server takes the stream. */
  readonly published: () => void;
}

/** One connection's RTMP seen from the encoder, apart from its socket. */
export interface ClientSession {
  /** Begins the conversation. */
  greet(): void;
  /** @throws EncoderFailure, or IngestFailure INGEST_PROTOCOL where the server does not speak RTMP */
  receive(bytes: Buffer): void;
  /** The bytes of one tag, once the server takes the stream. */
  media(tag: FlvTag): Buffer;
  /** The bytes that end the stream in good order. */
  goodbye(): Buffer;
}

/** Larger than the first size, so that a frame is few pieces; what librtmp and OBS send too. */
const CHUNK_SIZE = 4096;
/** Servers say little. */
const LIMITS = { maximumBytes: () => 64 * 1024, incompleteBytes: 256 * 1024, chunkStreams: 32 };
const TRANSACTION = {
  connect: 1,
  releaseStream: 2,
  publishFirst: 3,
  createStream: 4,
  publish: 5,
  unpublish: 6,
  delete: 7,
};
/** Chunk streams, by what goes on them; 2 is RTMP's own. */
const CHUNK_STREAM = { control: 2, command: 3, audio: 4, data: 5, video: 6 };

/** It has four bytes; 0 is the connection itself. */
const HIGHEST_STREAM_ID = 0xffff_ffff;

/** What `onStatus` and errors say, if anything. */
const statusOf = ({ parameters }: Command): { code: string; level: string; description: string } => {
  const said = (parameters.at(-1) ?? {}) as { readonly [name: string]: unknown };
  const word = (value: unknown) => (typeof value === "string" ? value : "");
  return { code: word(said.code), level: word(said.level), description: word(said.description) };
};

const failureOf = (command: Command, kind: EncoderFailureKind = "refused"): EncoderFailure => {
  const { code, description } = statusOf(command);
  return new EncoderFailure(kind, description || code || `the server answered ${command.name} without a reason`);
};

export const createClientSession = (options: ClientSessionOptions): ClientSession => {
  const { app, tcUrl, streamKey, send, published } = options;
  const handshake = createClientHandshake();
  const acknowledgements = createAcknowledgements();
  const chunks = createChunkReader(LIMITS);
  let greeted = false;
  let chunkSize = INITIAL_CHUNK_SIZE;
  let streamId = 0;
  let isPublished = false;

  const write = (message: Message, chunkStream: number): Buffer => writeChunks(message, chunkStream, chunkSize);
  const command = (onStream: number, ...values: readonly AmfValue[]): Buffer =>
    write(
      { type: MESSAGE.command, streamId: onStream, timestamp: 0, body: encodeAmf0(...values) },
      CHUNK_STREAM.command,
    );

  const connect = (): void => {
    const options = { app, type: "nonprivate", flashVer: "FMLE/3.0 (compatible; Onair)", tcUrl };
    send(command(0, "connect", TRANSACTION.connect, options));
  };

  const onConnected = (): void => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(CHUNK_SIZE);
    send(write({ type: MESSAGE.setChunkSize, streamId: 0, timestamp: 0, body: size }, CHUNK_STREAM.control));
    chunkSize = CHUNK_SIZE;
    send(command(0, "releaseStream", TRANSACTION.releaseStream, null, streamKey));
    send(command(0, "FCPublish", TRANSACTION.publishFirst, null, streamKey));
    send(command(0, "createStream", TRANSACTION.createStream, null));
  };

  const onStream = ({ parameters: [, id] }: Command): void => {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 1 || id > HIGHEST_STREAM_ID) {
      throw new EncoderFailure("refused", "the server gave no stream to publish on");
    }
    streamId = id;
    send(command(streamId, "publish", TRANSACTION.publish, null, streamKey, "live"));
  };

  const onStatus = (said: Command): void => {
    const { code, level } = statusOf(said);
    if (level === "error") throw failureOf(said, isPublished ? "lost" : "refused");
    if (code !== "NetStream.Publish.Start" || streamId === 0 || isPublished) return;
    isPublished = true;
    published();
  };

  const onCommand = (said: Command): void => {
    const { name, transaction } = said;
    if (name === "onStatus") onStatus(said);
    if (name === "_result" && transaction === TRANSACTION.connect) onConnected();
    if (name === "_result" && transaction === TRANSACTION.createStream) onStream(said);
    const needed: readonly number[] = [TRANSACTION.connect, TRANSACTION.createStream, TRANSACTION.publish];
    // Not every server knows releaseStream and FCPublish.
    if (name === "_error" && needed.includes(transaction)) throw failureOf(said);
  };

  /** What is to be said at once to a message of the protocol itself, if anything. */
  const answerTo = ({ type, body }: Message): Buffer | undefined => {
    if (type === MESSAGE.userControl) return answerUserControl(body);
    if (type === MESSAGE.setPeerBandwidth && body.length === 5) return windowAcknowledgementSize(body.readUInt32BE(0));
    if (type === MESSAGE.windowAcknowledgementSize && body.length === 4)
      acknowledgements.setWindow(body.readUInt32BE(0));
    return undefined;
  };

  const dispatch = (message: Message): void => {
    const isCommand = message.type === MESSAGE.command || message.type === MESSAGE.commandAmf3;
    if (isCommand) onCommand(readCommand(message));
    const answer = answerTo(message);
    if (answer) send(answer);
  };

  return {
    greet: () => send(handshake.hello),
    receive: (bytes) => {
      const due = acknowledgements.count(bytes.length);
      if (due && greeted) send(due);
      let rest: Buffer | undefined = bytes;
      if (!greeted) {
        const step = handshake.receive(bytes);
        if (step.answer) send(step.answer);
        rest = step.rest;
        if (rest !== undefined) {
          greeted = true;
          connect();
        }
      }
      for (const message of rest ? chunks.read(rest) : []) dispatch(message);
    },
    media: ({ type, timestamp, body }) => {
      if (type === MESSAGE.audio) return write({ type, streamId, timestamp, body }, CHUNK_STREAM.audio);
      if (type === MESSAGE.video) return write({ type, streamId, timestamp, body }, CHUNK_STREAM.video);
      // Servers keep what is told so for those who come later.
      const data = Buffer.concat([encodeAmf0("@setDataFrame"), body]);
      return write({ type: MESSAGE.data, streamId, timestamp, body: data }, CHUNK_STREAM.data);
    },
    goodbye: () =>
      Buffer.concat([
        command(0, "FCUnpublish", TRANSACTION.unpublish, null, streamKey),
        command(0, "deleteStream", TRANSACTION.delete, null, streamId),
      ]),
  };
};
