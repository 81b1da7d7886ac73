import { IngestFailure } from "../ingest-failure.ts";
import { parseSequenceParameters, type SequenceParameters } from "./sequence-parameter-set.ts";

/** What a decoder must know before the first picture, from an AVCDecoderConfigurationRecord (ISO 14496-15 section 5.3.3). */
export interface VideoConfiguration extends SequenceParameters {
  /** As RFC 6381 writes it, for example `avc1.64001F`. */
  readonly codec: string;
  /** NAL units, their headers included, without start codes. */
  readonly sequenceParameterSets: readonly Buffer[];
  readonly pictureParameterSets: readonly Buffer[];
  /** Bytes before each NAL unit that say how long it is: 1, 2 or 4. */
  readonly lengthSize: number;
  /** The record itself. */
  readonly record: Buffer;
}

const broken = (what: string): IngestFailure => new IngestFailure("INGEST_MEDIA", `the H.264 configuration ${what}`);

/** Reads so many parameter sets, each behind its length; gives them and where they end. */
const readSets = (record: Buffer, count: number, start: number): readonly [sets: Buffer[], end: number] => {
  const sets: Buffer[] = [];
  let offset = start;
  for (let left = count; left > 0; left -= 1) {
    if (offset + 2 > record.length) throw broken("ends too early");
    const end = offset + 2 + record.readUInt16BE(offset);
    if (end > record.length || end === offset + 2) throw broken("has a parameter set of a wrong length");
    sets.push(record.subarray(offset + 2, end));
    offset = end;
  }
  return [sets, offset];
};

/** @throws IngestFailure INGEST_MEDIA */
export const parseVideoConfiguration = (record: Buffer): VideoConfiguration => {
  if (record.length < 7) throw broken("ends too early");
  if (record[0] !== 1) throw broken(`must be of version 1: ${record[0]}`);
  const lengthSize = (record.readUInt8(4) & 3) + 1;
  if (lengthSize === 3) throw broken("has NAL lengths of 3 bytes");
  const [sequenceParameterSets, end] = readSets(record, record.readUInt8(5) & 0x1f, 6);
  if (end >= record.length) throw broken("ends too early");
  const [pictureParameterSets] = readSets(record, record.readUInt8(end), end + 1);
  const [first] = sequenceParameterSets;
  if (first === undefined || pictureParameterSets.length === 0) throw broken("lacks a parameter set");
  const parameters = parseSequenceParameters(first);
  const numbers = [parameters.profile, parameters.constraints, parameters.level];
  const codec = `avc1.${Buffer.from(numbers).toString("hex").toUpperCase()}`;
  return { ...parameters, codec, sequenceParameterSets, pictureParameterSets, lengthSize, record };
};
