import type { AudioUnit, VideoUnit } from "../access-unit.ts";
import type { AudioConfiguration } from "../flv/audio-configuration.ts";
import type { VideoConfiguration } from "../flv/video-configuration.ts";
import { adtsHeader, LONGEST_AAC_FRAME } from "./adts.ts";
import { annexB } from "./annex-b.ts";
import { clockReference, timestamp } from "./clock.ts";
import { PACKET_BYTES, type PacketOptions, packetize, tablePacket } from "./packets.ts";
import { pesPacket, STREAM_ID } from "./pes.ts";
import { PID, programAssociation, programMap } from "./tables.ts";

/** What the transport stream carries. */
export interface MuxerContent {
  readonly video: VideoConfiguration;
  /** @default no sound */
  readonly audio?: AudioConfiguration | undefined;
  /** Whether timed ID3 is declared. */
  readonly metadata: boolean;
}

/** Makes one MPEG transport stream (ISO/IEC 13818-1); what each call returns are whole packets, in order. */
export interface Muxer {
  /** Programme tables; they begin each segment and each change of what is carried. What follows is muxed by them. */
  tables(content: MuxerContent): Buffer;
  /** Empty for a picture that holds nothing to show. Its times are milliseconds of media time, from 0 on. */
  video(unit: VideoUnit): Buffer;
  /** Empty where no sound is declared. */
  audio(unit: AudioUnit): Buffer;
  /** An ID3 tag; it must be declared. */
  metadata(tag: Uint8Array, milliseconds: number): Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Content in a word, to see whether the map has changed. */
const contentKey = ({ audio, metadata }: MuxerContent): string => `${audio !== undefined} ${metadata}`;

/** A muxer whose counters run on from one segment to the next. */
export const createMuxer = (): Muxer => {
  const counters = new Map<number, number>();
  let content: MuxerContent | undefined;
  let mapVersion = 0;

  const packets = (pid: number, make: (options: PacketOptions) => Buffer): Buffer => {
    const counter = counters.get(pid) ?? 0;
    const made = make({ pid, counter });
    counters.set(pid, (counter + made.length / PACKET_BYTES) % 16);
    return made;
  };

  const pes = (pid: number, bytes: Buffer, options: Pick<PacketOptions, "clock" | "randomAccess"> = {}): Buffer =>
    packets(pid, (counted) => packetize(bytes, { ...counted, ...options }));

  return {
    tables(next) {
      if (content !== undefined && contentKey(content) !== contentKey(next)) mapVersion = (mapVersion + 1) % 32;
      content = next;
      const map = programMap({ audio: next.audio !== undefined, metadata: next.metadata }, mapVersion);
      return Buffer.concat([
        packets(PID.programs, (options) => tablePacket(programAssociation(), options)),
        packets(PID.program, (options) => tablePacket(map, options)),
      ]);
    },
    video(unit) {
      if (content === undefined) return NOTHING;
      const pieces = annexB(unit, content.video);
      if (pieces.length === 0) return NOTHING;
      const times = { pts: timestamp(unit.pts), dts: timestamp(unit.dts) };
      const bytes = pesPacket(pieces, { streamId: STREAM_ID.video, ...times, aligned: true });
      return pes(PID.video, bytes, { clock: clockReference(unit.dts), randomAccess: unit.keyframe });
    },
    audio(unit) {
      const configuration = content?.audio;
      if (configuration === undefined || unit.data.length > LONGEST_AAC_FRAME) return NOTHING;
      const pieces = [adtsHeader(configuration, unit.data.length), unit.data];
      const options = { streamId: STREAM_ID.audio, pts: timestamp(unit.pts), aligned: true };
      return pes(PID.audio, pesPacket(pieces, options), { randomAccess: true });
    },
    metadata(tag, milliseconds) {
      const options = { streamId: STREAM_ID.metadata, pts: timestamp(milliseconds), aligned: true };
      return pes(PID.metadata, pesPacket([tag], options), { randomAccess: true });
    },
  };
};
