import { crc32 } from "./crc32.ts";

export const PID = { programs: 0, program: 0x1000, video: 0x100, audio: 0x101, metadata: 0x102 } as const;

const STREAM_TYPE = { h264: 0x1b, aac: 0x0f, metadata: 0x15 } as const;
const PROGRAM = 1;
const ID3 = Buffer.from("ID3 ");
/** The format is told by four characters that follow. */
const BY_IDENTIFIER = [0xff, 0xff, ...ID3, 0xff, ...ID3];

/** Metadata pointer descriptor of the program and metadata descriptor of the stream, as HLS wants them for ID3. */
const POINTER = [0x25, 15, ...BY_IDENTIFIER, 0, 0x1f, 0, PROGRAM];
const DESCRIPTOR = [0x26, 13, ...BY_IDENTIFIER, 0, 0x0f];

const uint16 = (value: number): [number, number] => [value >> 8, value & 0xff];
/** Twelve bits of length after four reserved ones. */
const length12 = (value: number): [number, number] => uint16(0xf000 | value);
const pid13 = (pid: number): [number, number] => uint16(0xe000 | pid);

const section = (tableId: number, id: number, version: number, body: readonly number[]): Buffer => {
  const head = [...uint16(id), 0xc1 | (version << 1), 0, 0];
  const bytes = Buffer.from([
    tableId,
    ...uint16(0xb000 | (head.length + body.length + 4)),
    ...head,
    ...body,
    0,
    0,
    0,
    0,
  ]);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
};

/** The program association table: one program. */
export const programAssociation = (): Buffer => section(0x00, 1, 0, [...uint16(PROGRAM), ...pid13(PID.program)]);

const stream = (type: number, pid: number, descriptors: readonly number[] = []): number[] => [
  type,
  ...pid13(pid),
  ...length12(descriptors.length),
  ...descriptors,
];

/** What a program consists of besides its H.264 video. */
export interface ProgramContent {
  readonly audio: boolean;
  /** Timed ID3. */
  readonly metadata: boolean;
}

/** @param version 0 to 31; a reader may skip a table whose version it knows */
export const programMap = ({ audio, metadata }: ProgramContent, version: number): Buffer => {
  const pointer = metadata ? POINTER : [];
  return section(0x02, PROGRAM, version, [
    ...pid13(PID.video),
    ...length12(pointer.length),
    ...pointer,
    ...stream(STREAM_TYPE.h264, PID.video),
    ...(audio ? stream(STREAM_TYPE.aac, PID.audio) : []),
    ...(metadata ? stream(STREAM_TYPE.metadata, PID.metadata, DESCRIPTOR) : []),
  ]);
};
