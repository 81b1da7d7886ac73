import { writeChunks } from "./chunk-writer.ts";
import { MESSAGE } from "./message.ts";

/** Protocol control goes on chunk stream 2 of the connection itself (RTMP specification 1.0, section 5.4). */
const write = (type: number, body: Buffer): Buffer => writeChunks({ type, streamId: 0, timestamp: 0, body }, 2);

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** The sender may go on by twice the window, however it is counted. */
const DYNAMIC = 2;
/** Event types of user control (section 7.1.7). */
const STREAM_BEGIN = 0;
const PING_REQUEST = 6;
const PING_RESPONSE = 7;

/** How many bytes have come in all; after 4 GiB it begins again. */
export const acknowledgement = (bytes: number): Buffer => write(MESSAGE.acknowledgement, uint32(bytes));

export const windowAcknowledgementSize = (bytes: number): Buffer =>
  write(MESSAGE.windowAcknowledgementSize, uint32(bytes));

export const setPeerBandwidth = (bytes: number): Buffer =>
  write(MESSAGE.setPeerBandwidth, Buffer.concat([uint32(bytes), Buffer.of(DYNAMIC)]));

export const streamBegin = (streamId: number): Buffer =>
  write(MESSAGE.userControl, Buffer.concat([Buffer.of(0, STREAM_BEGIN), uint32(streamId)]));

/** The answer that a user control message wants: a ping's; else none. */
export const answerUserControl = (body: Buffer): Buffer | undefined =>
  body.length === 6 && body.readUInt16BE(0) === PING_REQUEST
    ? write(MESSAGE.userControl, Buffer.concat([Buffer.of(0, PING_RESPONSE), body.subarray(2)]))
    : undefined;
