import { type IngestCode, IngestFailure } from "../ingest-failure.ts";
import type { EndReason, Publication } from "../publication.ts";
import { createAcknowledgements } from "./acknowledgements.ts";
import { createChunkReader } from "./chunk-reader.ts";
import { readCommand } from "./command.ts";
import { createCommandFlow } from "./command-flow.ts";
import { answerUserControl } from "./control-messages.ts";
import { createHandshake } from "./handshake.ts";
import { createIntake, type Intake } from "./intake.ts";
import type { Limits } from "./limits.ts";
import { MESSAGE, type Message } from "./message.ts";
import { maskStreamKey, type StreamName } from "./stream-name.ts";

/** The connection that asks to publish. */
export interface Encoder {
  /** Whether it came by RTMPS. */
  readonly secure: boolean;
  /** Address and port, for logs. */
  readonly remote: string;
  /** What the encoder put behind the stream key. */
  readonly query: URLSearchParams;
  /** Ends the publication (its `end` is called before this returns) and closes the connection. The message is told to the encoder. */
  disconnect(message: string): void;
}

/** Whether an encoder may publish; what is refused is told to it. */
export type Verdict = { readonly accepted: Publication } | { readonly refused: string };

/** Judges a stream key; the second encoder on a key too, which it may refuse, or let in after it disconnected the first. */
export type Authorize = (streamKey: string, encoder: Encoder) => Verdict | Promise<Verdict>;

export interface SessionOptions {
  readonly secure: boolean;
  readonly remote: string;
  readonly limits: Limits;
  readonly authorize: Authorize;
  /** Told in a line what happens; never a stream key. */
  readonly log: (line: string) => void;
  readonly send: (bytes: Buffer) => void;
  /** Asked for once, when the session is over and the client was told why. */
  readonly close: () => void;
  /** Told when publishing begins, and when it ends while the connection stays. */
  readonly published: (publishing: boolean) => void;
}

/** One connection's RTMP, apart from its socket. */
export interface Session {
  /**
   * Mostly the bytes are dealt with at once; where a promise is given, when it settles. It never rejects. One call at a
   * time. After the end it swallows what comes.
   */
  receive(bytes: Buffer): void | Promise<void>;
  /** Ends it from outside; what has ended stays as it is. */
  end(code: IngestCode, message: string): void;
}

const MEDIA_TYPES: readonly number[] = [
  MESSAGE.audio,
  MESSAGE.video,
  MESSAGE.aggregate,
  MESSAGE.data,
  MESSAGE.dataAmf3,
];

export const createSession = (options: SessionOptions): Session => {
  const { limits, remote, secure, send } = options;
  const handshake = createHandshake();
  const acknowledgements = createAcknowledgements();
  let greeted = false;
  let over: EndReason | undefined;
  let publication: Publication | undefined;
  let intake: Intake | undefined;
  let usedKey: string | undefined;

  /** Masks the key wherever it comes from: an error of whoever judges it may hold it, too. */
  const log = (line: string): void =>
    options.log(usedKey === undefined ? line : line.replaceAll(usedKey, maskStreamKey(usedKey)));

  const chunks = createChunkReader({
    chunkStreams: limits.chunkStreams,
    incompleteBytes: limits.incompleteBytes,
    maximumBytes: (type) =>
      intake && (type === MESSAGE.video || type === MESSAGE.audio) ? limits.messageBytes : limits.commandBytes,
  });

  const endPublication = (reason: EndReason): void => {
    const ended = publication;
    publication = intake = undefined;
    try {
      ended?.end(reason);
    } catch (error) {
      log(`${remote}: INGEST_INTERNAL: ${(error as Error).stack}`);
    }
  };

  const end = (code: IngestCode, message: string): void => {
    if (over) return;
    over = { code, message };
    const isGone = code === "INGEST_LOST";
    // That a connection is gone on which nothing was published is no news.
    if (!isGone || publication) log(`${remote}: ${code}: ${message}`);
    if (!isGone && greeted) send(flow.explain(code, message));
    endPublication(over);
    options.close();
  };

  const begin = async ({ streamKey, query }: StreamName): Promise<void> => {
    usedKey = streamKey;
    const disconnect = (message: string) => end("INGEST_DISCONNECTED", message);
    const verdict = await options.authorize(streamKey, { secure, remote, query, disconnect });
    const shown = maskStreamKey(streamKey);
    if ("refused" in verdict) throw new IngestFailure("INGEST_REFUSED", `stream key ${shown}: ${verdict.refused}`);
    publication = verdict.accepted;
    // The encoder left, or was disconnected, while it was judged.
    if (over) return endPublication(over);
    intake = createIntake(publication);
    log(`${remote} publishes to stream key ${shown} by ${secure ? "RTMPS" : "RTMP"}`);
    options.published(true);
  };

  const finish = (): void => {
    log(`${remote}: INGEST_UNPUBLISHED`);
    endPublication({ code: "INGEST_UNPUBLISHED", message: "the encoder ended the stream" });
    options.published(false);
  };

  const answer = (bytes: Buffer): void => {
    if (!over) send(bytes);
  };
  const flow = createCommandFlow({ send: answer, begin, finish });

  const dispatch = (message: Message): void | Promise<void> => {
    const { type, body } = message;
    if (MEDIA_TYPES.includes(type)) return intake?.take(message);
    if (type === MESSAGE.command || type === MESSAGE.commandAmf3) return flow.handle(readCommand(message));
    if (type === MESSAGE.windowAcknowledgementSize && body.length === 4) {
      return acknowledgements.setWindow(body.readUInt32BE(0));
    }
    const wanted = type === MESSAGE.userControl ? answerUserControl(body) : undefined;
    if (wanted) answer(wanted);
  };

  /** Waits only where there is something to wait for: a promise for each packet of media costs more than the packet. */
  const dispatchAll = (messages: Iterator<Message, void>): void | Promise<void> => {
    for (let next = messages.next(); !next.done; next = messages.next()) {
      const pending = dispatch(next.value);
      if (pending) return pending.then(() => (over ? undefined : dispatchAll(messages)));
      if (over) return;
    }
  };

  const take = (bytes: Buffer): void | Promise<void> => {
    const due = acknowledgements.count(bytes.length);
    if (due && greeted) send(due);
    if (greeted) return dispatchAll(chunks.read(bytes));
    const step = handshake.receive(bytes);
    if (step.answer) send(step.answer);
    greeted = step.rest !== undefined;
    if (step.rest) return dispatchAll(chunks.read(step.rest));
  };

  const fail = (error: unknown): void => {
    if (error instanceof IngestFailure) end(error.code, error.message);
    else {
      log(`${remote}: INGEST_INTERNAL: ${(error as Error).stack}`);
      end("INGEST_INTERNAL", "the server failed");
    }
  };

  return {
    end,
    receive: (bytes) => {
      if (over) return;
      try {
        return take(bytes)?.catch(fail);
      } catch (error) {
        fail(error);
      }
    },
  };
};
