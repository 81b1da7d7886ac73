export const PACKET_BYTES = 188;
const HEADER_BYTES = 4;
const ROOM = PACKET_BYTES - HEADER_BYTES;
const SYNC = 0x47;

const START = 0x40;
const RANDOM_ACCESS = 0x40;
const HAS_PCR = 0x10;
const STUFFING = 0xff;
/** Length, flags, and six bytes of clock. */
const PCR_FIELD_BYTES = 8;
/** Length and flags. */
const FLAGS_FIELD_BYTES = 2;

export interface PacketOptions {
  readonly pid: number;
  /** The counter of the first packet; each packet of a PID counts one on, modulo 16. */
  readonly counter: number;
  /** A clock reference in 90 kHz ticks, put into the first packet. @default none */
  readonly clock?: number | undefined;
  /** Decoding can begin here. @default false */
  readonly randomAccess?: boolean;
}

/** 33 bits of base, six reserved, nine of extension. */
const writeClock = (packet: Buffer, offset: number, ticks: number): void => {
  packet.writeUInt32BE(Math.floor(ticks / 2), offset);
  packet[offset + 4] = ((ticks % 2) << 7) | 0x7e;
  packet[offset + 5] = 0;
};

const writeHeader = (packet: Buffer, { pid, counter }: PacketOptions, index: number, hasField: boolean): void => {
  packet[0] = SYNC;
  packet[1] = (index === 0 ? START : 0) | (pid >> 8);
  packet[2] = pid & 0xff;
  packet[3] = (hasField ? 0x30 : 0x10) | ((counter + index) & 0x0f);
};

/** The adaptation field: flags and clock in a payload's first packet, stuffing in its last. */
const writeField = (packet: Buffer, bytes: number, options: PacketOptions, isFirst: boolean): void => {
  packet[HEADER_BYTES] = bytes - 1;
  if (bytes === 1) return;
  packet.fill(STUFFING, HEADER_BYTES + 1, HEADER_BYTES + bytes);
  const clock = isFirst ? options.clock : undefined;
  packet[HEADER_BYTES + 1] =
    (isFirst && options.randomAccess ? RANDOM_ACCESS : 0) | (clock === undefined ? 0 : HAS_PCR);
  if (clock !== undefined) writeClock(packet, HEADER_BYTES + FLAGS_FIELD_BYTES, clock);
};

const fieldBytes = ({ clock, randomAccess }: PacketOptions): number => {
  if (clock !== undefined) return PCR_FIELD_BYTES;
  return randomAccess ? FLAGS_FIELD_BYTES : 0;
};

/** Cuts a PES packet into transport packets (ISO/IEC 13818-1 section 2.4.3). */
export const packetize = (payload: Uint8Array, options: PacketOptions): Buffer => {
  const firstField = fieldBytes(options);
  const count = Math.ceil((payload.length + firstField) / ROOM);
  const packets = Buffer.allocUnsafe(count * PACKET_BYTES);
  for (let index = 0, offset = 0; index < count; index += 1) {
    const packet = packets.subarray(index * PACKET_BYTES, (index + 1) * PACKET_BYTES);
    const isFirst = index === 0;
    const bytes = Math.min(payload.length - offset, ROOM - (isFirst ? firstField : 0));
    const field = ROOM - bytes;
    writeHeader(packet, options, index, field > 0);
    if (field > 0) writeField(packet, field, options, isFirst);
    packet.set(payload.subarray(offset, offset + bytes), HEADER_BYTES + field);
    offset += bytes;
  }
  return packets;
};

/** A table in one packet of its own. */
export const tablePacket = (section: Uint8Array, options: PacketOptions): Buffer => {
  const packet = Buffer.alloc(PACKET_BYTES, STUFFING);
  writeHeader(packet, options, 0, false);
  packet[HEADER_BYTES] = 0;
  packet.set(section, HEADER_BYTES + 1);
  return packet;
};
