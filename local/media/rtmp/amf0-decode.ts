import { IngestFailure } from "../ingest-failure.ts";
import { type AmfValue, MARKER } from "./amf0.ts";

/** Deeper than any encoder nests, and far from the end of our stack. */
const MAXIMUM_DEPTH = 16;

const broken = (what: string): IngestFailure => new IngestFailure("INGEST_PROTOCOL", `an AMF0 value ${what}`);

/**
 * Reads all the values of a command or a data message. What it makes is bounded by the bytes: counts in them are not believed.
 * @throws IngestFailure INGEST_PROTOCOL where they end early, nest more than 16 deep, or are references or AMF3
 */
export const decodeAmf0 = (bytes: Buffer): readonly AmfValue[] => {
  let offset = 0;

  /** The place of so many bytes, which are then behind us. */
  const take = (length: number): number => {
    const start = offset;
    if (start + length > bytes.length) throw broken("ends too early");
    offset += length;
    return start;
  };
  const text = (length: number): string => {
    const start = take(length);
    return bytes.toString("utf8", start, start + length);
  };
  const shortText = (): string => text(bytes.readUInt16BE(take(2)));
  const longText = (): string => text(bytes.readUInt32BE(take(4)));

  const object = (depth: number): AmfValue => {
    const entries: [string, AmfValue][] = [];
    for (;;) {
      const name = shortText();
      if (name === "" && bytes[offset] === MARKER.objectEnd) break;
      entries.push([name, value(depth)]);
    }
    take(1);
    // Defines properties, so that a name like __proto__ is only a name.
    return Object.fromEntries(entries);
  };
  const strictArray = (depth: number): AmfValue => {
    const items: AmfValue[] = [];
    for (let left = bytes.readUInt32BE(take(4)); left > 0; left -= 1) items.push(value(depth));
    return items;
  };
  const date = (): Date => {
    const time = new Date(bytes.readDoubleBE(take(8)));
    take(2);
    return time;
  };

  const value = (depth: number): AmfValue => {
    if (depth > MAXIMUM_DEPTH) throw broken(`is nested more than ${MAXIMUM_DEPTH} deep`);
    const marker = bytes.readUInt8(take(1));
    switch (marker) {
      case MARKER.number:
        return bytes.readDoubleBE(take(8));
      case MARKER.boolean:
        return bytes[take(1)] !== 0;
      case MARKER.string:
        return shortText();
      case MARKER.longString:
      case MARKER.xmlDocument:
        return longText();
      case MARKER.object:
        return object(depth + 1);
      case MARKER.typedObject:
        shortText();
        return object(depth + 1);
      case MARKER.ecmaArray:
        take(4);
        return object(depth + 1);
      case MARKER.strictArray:
        return strictArray(depth + 1);
      case MARKER.date:
        return date();
      case MARKER.null:
        return null;
      case MARKER.undefined:
      case MARKER.unsupported:
        return undefined;
      default:
        throw broken(`has the unknown marker ${marker}`);
    }
  };

  const values: AmfValue[] = [];
  while (offset < bytes.length) values.push(value(0));
  return values;
};
