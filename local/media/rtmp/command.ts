import { IngestFailure } from "../ingest-failure.ts";
import type { AmfValue } from "./amf0.ts";
import { decodeAmf0 } from "./amf0-decode.ts";
import { encodeAmf0 } from "./amf0-encode.ts";
import { writeChunks } from "./chunk-writer.ts";
import { MESSAGE, type Message } from "./message.ts";

/** A call of the client (RTMP specification 1.0, section 7.2). */
export interface Command {
  readonly name: string;
  /** 0 where no answer is wanted. */
  readonly transaction: number;
  /** The command object, then what else the command has. */
  readonly parameters: readonly AmfValue[];
  readonly streamId: number;
}

/** The AMF0 values of a command or data message; the AMF3 forms of both say with a first 0 that AMF0 follows. */
export const readValues = ({ type, body }: Message): readonly AmfValue[] => {
  if (type !== MESSAGE.commandAmf3 && type !== MESSAGE.dataAmf3) return decodeAmf0(body);
  if (body.length > 0 && body[0] !== 0) throw new IngestFailure("INGEST_PROTOCOL", "AMF3 is not taken; use AMF0");
  return decodeAmf0(body.subarray(1));
};

/** @throws IngestFailure INGEST_PROTOCOL */
export const readCommand = (message: Message): Command => {
  const [name, transaction, ...parameters] = readValues(message);
  if (typeof name !== "string" || typeof transaction !== "number") {
    throw new IngestFailure("INGEST_PROTOCOL", "a command must begin with its name and a number");
  }
  return { name, transaction, parameters, streamId: message.streamId };
};

/** Our calls and answers go on chunk stream 3. */
export const writeCommand = (streamId: number, ...values: readonly AmfValue[]): Buffer =>
  writeChunks({ type: MESSAGE.command, streamId, timestamp: 0, body: encodeAmf0(...values) }, 3);

/** How something went, in the words of NetConnection and NetStream. */
export const status = (level: "status" | "error", code: string, description: string) => ({ level, code, description });
