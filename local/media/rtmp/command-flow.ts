import { type IngestCode, IngestFailure } from "../ingest-failure.ts";
import { type Command, status, writeCommand } from "./command.ts";
import { setPeerBandwidth, streamBegin, windowAcknowledgementSize } from "./control-messages.ts";
import { isApplication, readStreamName, type StreamName } from "./stream-name.ts";

/** What the commands of one connection can make happen. */
export interface CommandEffects {
  send(bytes: Buffer): void;
  /** Begins to publish. @throws IngestFailure INGEST_REFUSED where the key is not accepted */
  begin(name: StreamName): Promise<void>;
  /** Ends what is published, in good order. */
  finish(): void;
}

/** The conversation from connect to deleteStream (RTMP specification 1.0, section 7.2). */
export interface CommandFlow {
  /** @throws IngestFailure */
  handle(command: Command): void | Promise<void>;
  /** The words in which the client is told why it is disconnected. */
  explain(code: IngestCode, message: string): Buffer;
}

const WINDOW_BYTES = 5_000_000;
/** A connection publishes one stream, always this one. */
const STREAM_ID = 1;
/** Servers of Adobe call themselves so, and some encoders look for it. */
const SERVER = { fmsVer: "FMS/3,5,7,7009", capabilities: 31 };

export const createCommandFlow = ({ send, begin, finish }: CommandEffects): CommandFlow => {
  let stage: "new" | "connected" | "publishing" = "new";
  let connectTransaction = 1;

  const result = (transaction: number, ...values: Parameters<typeof writeCommand>[1][]) =>
    send(writeCommand(0, "_result", transaction, ...values));
  const onStatus = (level: "status" | "error", code: string, description: string) =>
    writeCommand(stage === "new" ? 0 : STREAM_ID, "onStatus", 0, null, status(level, code, description));

  const connect = ({ transaction, parameters: [options] }: Command): void => {
    connectTransaction = transaction;
    if (!isApplication((options as { app?: unknown } | null | undefined)?.app)) {
      throw new IngestFailure("INGEST_REFUSED", "the address must be rtmp(s)://host:port/app/<stream key>");
    }
    stage = "connected";
    send(windowAcknowledgementSize(WINDOW_BYTES));
    send(setPeerBandwidth(WINDOW_BYTES));
    const success = status("status", "NetConnection.Connect.Success", "Connection accepted.");
    result(transaction, SERVER, { ...success, objectEncoding: 0 });
  };

  const publish = async ({ parameters: [, name], streamId }: Command): Promise<void> => {
    if (stage === "publishing")
      throw new IngestFailure("INGEST_PROTOCOL", "a connection publishes one stream at a time");
    if (streamId !== STREAM_ID) {
      throw new IngestFailure("INGEST_PROTOCOL", `publish must be on the stream that createStream gave: ${streamId}`);
    }
    const stream = readStreamName(typeof name === "string" ? name : "");
    if (stream.streamKey === "") throw new IngestFailure("INGEST_REFUSED", "the stream key is missing");
    await begin(stream);
    stage = "publishing";
    send(streamBegin(STREAM_ID));
    send(onStatus("status", "NetStream.Publish.Start", "The stream is accepted."));
  };

  const unpublish = (): void => {
    if (stage !== "publishing") return;
    stage = "connected";
    finish();
    send(onStatus("status", "NetStream.Unpublish.Success", "The stream is over."));
  };

  const onlyIngest = (): never => {
    throw new IngestFailure("INGEST_REFUSED", "this server takes streams in; play them by their playback URL");
  };

  const handlers: Readonly<Record<string, (command: Command) => void | Promise<void>>> = {
    releaseStream: ({ transaction }) => result(transaction, null, undefined),
    FCPublish: () => {
      const success = status("status", "NetStream.Publish.Start", "The stream may be published.");
      send(writeCommand(0, "onFCPublish", 0, null, success));
    },
    createStream: ({ transaction }) => result(transaction, null, STREAM_ID),
    publish,
    FCUnpublish: unpublish,
    deleteStream: unpublish,
    closeStream: unpublish,
    play: onlyIngest,
    play2: onlyIngest,
  };

  return {
    handle: (command) => {
      if (command.name === "connect" && stage === "new") return connect(command);
      if (stage === "new") throw new IngestFailure("INGEST_PROTOCOL", "the first command must be connect");
      const handler = Object.hasOwn(handlers, command.name) ? handlers[command.name] : undefined;
      if (handler) return handler(command);
      if (command.transaction === 0) return;
      const failed = status("error", "NetConnection.Call.Failed", "This server has no such command.");
      send(writeCommand(0, "_error", command.transaction, null, failed));
    },
    explain: (code, message) => {
      const description = `${code}: ${message}`;
      if (stage === "new") {
        const rejected = status("error", "NetConnection.Connect.Rejected", description);
        return writeCommand(0, "_error", connectTransaction, null, rejected);
      }
      const word = code === "INGEST_REFUSED" ? "NetStream.Publish.BadName" : "NetStream.Publish.Denied";
      return onStatus("error", word, description);
    },
  };
};
