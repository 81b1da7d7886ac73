import type { AudioUnit, VideoUnit } from "../access-unit.ts";
import type { AudioConfiguration } from "../flv/audio-configuration.ts";
import type { VideoConfiguration } from "../flv/video-configuration.ts";
import { adtsHeader, LONGEST_AAC_FRAME } from "./adts.ts";
import { annexB } from "./annex-b.ts";
import { clockReference, timestamp } from "./clock.ts";
import { createPacketWriter, type PayloadOptions } from "./packets.ts";
import { type PesOptions, pesHeader, STREAM_ID } from "./pes.ts";
import { PID, programAssociation, programMap } from "./tables.ts";

/** What the transport stream carries. */
export interface MuxerContent {
  readonly video: VideoConfiguration;
  /** @default no sound */
  readonly audio?: AudioConfiguration | undefined;
  /** Whether timed ID3 is declared. */
  readonly metadata: boolean;
}

/** Makes one MPEG transport stream (ISO/IEC 13818-1). */
export interface Muxer {
  /** Programme tables; they begin each segment and each change of what is carried. What follows is muxed by them. */
  tables(content: MuxerContent): void;
  /** Leaves out a picture that holds nothing to show. Its times are milliseconds of media time, from 0 on. */
  video(unit: VideoUnit): void;
  /** Left out where no sound is declared. */
  audio(unit: AudioUnit): void;
  /** An ID3 tag; it must be declared. */
  metadata(tag: Uint8Array, milliseconds: number): void;
  /** What was made since it was last asked: whole packets, in order. */
  take(): Buffer;
}

/** Content in a word, to see whether the map has changed. */
const contentKey = ({ audio, metadata }: MuxerContent): string => `${audio !== undefined} ${metadata}`;

const bytesOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** A muxer whose counters run on from one segment to the next. */
export const createMuxer = (): Muxer => {
  const packets = createPacketWriter();
  let content: MuxerContent | undefined;
  let mapVersion = 0;

  const write = (pid: number, pieces: readonly Uint8Array[], pes: PesOptions, options: PayloadOptions): void =>
    packets.payload(pid, [pesHeader(bytesOf(pieces), pes), ...pieces], options);

  return {
    tables(next) {
      if (content !== undefined && contentKey(content) !== contentKey(next)) mapVersion = (mapVersion + 1) % 32;
      content = next;
      packets.table(PID.programs, programAssociation());
      packets.table(PID.program, programMap({ audio: next.audio !== undefined, metadata: next.metadata }, mapVersion));
    },
    video(unit) {
      const pieces = content === undefined ? [] : annexB(unit, content.video);
      if (pieces.length === 0) return;
      const pes = { streamId: STREAM_ID.video, pts: timestamp(unit.pts), dts: timestamp(unit.dts), aligned: true };
      write(PID.video, pieces, pes, { clock: clockReference(unit.dts), randomAccess: unit.keyframe });
    },
    audio(unit) {
      const configuration = content?.audio;
      if (configuration === undefined || unit.data.length > LONGEST_AAC_FRAME) return;
      const pieces = [adtsHeader(configuration, unit.data.length), unit.data];
      const pes = { streamId: STREAM_ID.audio, pts: timestamp(unit.pts), aligned: true };
      write(PID.audio, pieces, pes, { randomAccess: true });
    },
    metadata(tag, milliseconds) {
      const pes = { streamId: STREAM_ID.metadata, pts: timestamp(milliseconds), aligned: true };
      write(PID.metadata, [tag], pes, { randomAccess: true });
    },
    take: packets.take,
  };
};
