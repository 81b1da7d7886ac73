import { type AmfValue, MARKER } from "./amf0.ts";

const SHORT = 0xffff;

const withMarker = (marker: number, ...contents: readonly Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.of(marker), ...contents]);

const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const float64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

const encodeText = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return bytes.length > SHORT
    ? withMarker(MARKER.longString, uint32(bytes.length), bytes)
    : withMarker(MARKER.string, uint16(bytes.length), bytes);
};

/** @throws RangeError where it is above 65,535 bytes */
const encodeName = (name: string): Buffer => {
  const bytes = Buffer.from(name);
  if (bytes.length > SHORT) throw new RangeError(`a name in AMF0 has at most ${SHORT} bytes: ${bytes.length}`);
  return Buffer.concat([uint16(bytes.length), bytes]);
};

const encodeObject = (object: { readonly [name: string]: AmfValue }): Buffer => {
  const properties = Object.entries(object).flatMap(([name, value]) => [encodeName(name), encodeValue(value)]);
  return withMarker(MARKER.object, ...properties, Buffer.of(0, 0, MARKER.objectEnd));
};

const encodeValue = (value: AmfValue): Buffer => {
  if (value === null) return Buffer.of(MARKER.null);
  if (value === undefined) return Buffer.of(MARKER.undefined);
  if (typeof value === "number") return withMarker(MARKER.number, float64(value));
  if (typeof value === "boolean") return Buffer.of(MARKER.boolean, value ? 1 : 0);
  if (typeof value === "string") return encodeText(value);
  if (value instanceof Date) return withMarker(MARKER.date, float64(value.getTime()), uint16(0));
  if (isArray(value)) return withMarker(MARKER.strictArray, uint32(value.length), ...value.map(encodeValue));
  return encodeObject(value);
};

/** Array.isArray does not tell read-only arrays apart. */
const isArray = (value: object): value is readonly AmfValue[] => Array.isArray(value);

/** The bytes of a command or a data message. */
export const encodeAmf0 = (...values: readonly AmfValue[]): Buffer => Buffer.concat(values.map(encodeValue));
