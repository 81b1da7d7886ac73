const PACKET_BYTES = 188;
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
/** A quarter of a second at 2 Mbit/s needs less; where more is needed, it grows. */
const FIRST_CAPACITY = 512 * PACKET_BYTES;

export interface PayloadOptions {
  /** A clock reference in 90 kHz ticks, put into the first packet. @default none */
  readonly clock?: number;
  /** Decoding can begin here. @default false */
  readonly randomAccess?: boolean;
}

/**
 * Writes transport packets (ISO/IEC 13818-1 section 2.4.3) one behind the other, and counts those of each PID. The memory
 * they are written to is used again once they are taken: streams run for hours, and nothing is left to the collector.
 */
export interface PacketWriter {
  /** A PES packet, given in pieces, cut into packets. */
  payload(pid: number, pieces: readonly Uint8Array[], options?: PayloadOptions): void;
  /** A table in one packet of its own. */
  table(pid: number, section: Uint8Array): void;
  /** The packets since it was last asked. */
  take(): Buffer;
}

/** 33 bits of base, six reserved, nine of extension. */
const writeClock = (bytes: Buffer, offset: number, ticks: number): void => {
  bytes.writeUInt32BE(Math.floor(ticks / 2), offset);
  bytes[offset + 4] = ((ticks % 2) << 7) | 0x7e;
  bytes[offset + 5] = 0;
};

/** The adaptation field: flags and clock in a payload's first packet, stuffing in its last. */
const writeField = (bytes: Buffer, offset: number, length: number, { clock, randomAccess }: PayloadOptions): void => {
  bytes[offset] = length - 1;
  if (length === 1) return;
  bytes.fill(STUFFING, offset + 1, offset + length);
  bytes[offset + 1] = (randomAccess ? RANDOM_ACCESS : 0) | (clock === undefined ? 0 : HAS_PCR);
  if (clock !== undefined) writeClock(bytes, offset + FLAGS_FIELD_BYTES, clock);
};

const fieldBytes = ({ clock, randomAccess }: PayloadOptions): number => {
  if (clock !== undefined) return PCR_FIELD_BYTES;
  return randomAccess ? FLAGS_FIELD_BYTES : 0;
};

const ONLY_STUFFING: PayloadOptions = {};

export const createPacketWriter = (): PacketWriter => {
  const counters = new Map<number, number>();
  let bytes = Buffer.allocUnsafe(FIRST_CAPACITY);
  let end = 0;

  /** Makes room for packets, and gives the place of the first. */
  const reserve = (packets: number): number => {
    const start = end;
    end += packets * PACKET_BYTES;
    if (end > bytes.length) {
      const larger = Buffer.allocUnsafe(2 * end);
      bytes.copy(larger, 0, 0, start);
      bytes = larger;
    }
    return start;
  };

  const writeHeader = (packet: number, pid: number, begins: boolean, hasField: boolean): void => {
    const counter = counters.get(pid) ?? 0;
    counters.set(pid, (counter + 1) % 16);
    bytes[packet] = SYNC;
    bytes[packet + 1] = (begins ? START : 0) | (pid >> 8);
    bytes[packet + 2] = pid & 0xff;
    bytes[packet + 3] = (hasField ? 0x30 : 0x10) | counter;
  };

  return {
    payload(pid, pieces, options = ONLY_STUFFING) {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const firstField = fieldBytes(options);
      const first = reserve(Math.ceil((length + firstField) / ROOM));
      // All of it is laid at the end of its packets, and moved forward into one after the other.
      let left = length;
      for (const piece of pieces) {
        bytes.set(piece, end - left);
        left -= piece.length;
      }
      left = length;
      for (let packet = first; packet < end; packet += PACKET_BYTES) {
        const begins = packet === first;
        const taken = Math.min(left, begins ? ROOM - firstField : ROOM);
        const field = ROOM - taken;
        bytes.copyWithin(packet + HEADER_BYTES + field, end - left, end - left + taken);
        writeHeader(packet, pid, begins, field > 0);
        if (field > 0) writeField(bytes, packet + HEADER_BYTES, field, begins ? options : ONLY_STUFFING);
        left -= taken;
      }
    },
    table(pid, section) {
      const packet = reserve(1);
      writeHeader(packet, pid, true, false);
      bytes[packet + HEADER_BYTES] = 0;
      bytes.set(section, packet + HEADER_BYTES + 1);
      bytes.fill(STUFFING, packet + HEADER_BYTES + 1 + section.length, end);
    },
    take() {
      const taken = Buffer.from(bytes.subarray(0, end));
      end = 0;
      return taken;
    },
  };
};
