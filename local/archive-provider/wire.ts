/**
 * The protobuf wire format, as far as the plugin protocol needs it: a message is its field numbers and their values.
 * Only varints and length-delimited values are written; fixed-width values are skipped when read, groups are refused.
 */

/** What a field can hold when it is written. A nested message is the bytes that {@link encodeMessage} gave. */
type WireValue = number | boolean | string | Uint8Array;

/** A message to write, by field number; an array is a repeated field, undefined a field that is absent. */
export type MessageInput = Readonly<Record<number, WireValue | readonly WireValue[] | undefined>>;

/** A message as it was read: each field number with its values in the order of arrival. */
export type Message = ReadonlyMap<number, readonly (bigint | Uint8Array)[]>;

/** Thrown for bytes that are no protobuf message. */
export class WireError extends Error {
  readonly code = "ERR_WIRE";
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const encodeVarint = (value: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new WireError(`a varint must be a safe integer of at least 0, got ${value}`);
  }
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
};

const encodeField = (number: number, value: WireValue): Uint8Array[] => {
  if (typeof value === "number" || typeof value === "boolean") {
    return [encodeVarint(number * 8 + VARINT), encodeVarint(Number(value))];
  }
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return [encodeVarint(number * 8 + LENGTH_DELIMITED), encodeVarint(bytes.length), bytes];
};

/** Writes a message, its fields in the order of their numbers. */
export const encodeMessage = (fields: MessageInput): Buffer =>
  Buffer.concat(
    Object.entries(fields).flatMap(([number, value]) => {
      const values = value === undefined ? [] : Array.isArray(value) ? value : [value as WireValue];
      return values.flatMap((each: WireValue) => encodeField(Number(number), each));
    }),
  );

/**
 * Reads a message.
 * @throws {WireError} where the bytes end too early, a varint is longer than ten bytes, or a wire type is unknown.
 */
export const decodeMessage = (bytes: Uint8Array): Message => {
  const fields = new Map<number, (bigint | Uint8Array)[]>();
  let position = 0;

  const take = (length: number): Uint8Array => {
    if (length > bytes.length - position) {
      throw new WireError(`a value of ${length} bytes at offset ${position} runs past the end at ${bytes.length}`);
    }
    position += length;
    return bytes.subarray(position - length, position);
  };
  const takeVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const [byte] = take(1) as unknown as [number];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError(`a varint before offset ${position} is longer than ten bytes`);
  };

  while (position < bytes.length) {
    const tag = Number(takeVarint());
    const number = Math.floor(tag / 8);
    const type = tag % 8;
    if (number < 1 || number > 0x1fffffff) throw new WireError(`there is no field number ${number}`);
    if (type === FIXED_64) take(8);
    else if (type === FIXED_32) take(4);
    else if (type === VARINT || type === LENGTH_DELIMITED) {
      const value = type === VARINT ? takeVarint() : take(Number(takeVarint()));
      const values = fields.get(number);
      if (values) values.push(value);
      else fields.set(number, [value]);
    } else throw new WireError(`wire type ${type} of field ${number} is not supported`);
  }
  return fields;
};

/**
 * The bytes of a field, or undefined where it is absent; of a repeated one the last, as protobuf rules for a single field.
 * @throws {WireError} where the field holds a number.
 */
export const bytesOf = (message: Message, number: number): Uint8Array | undefined => {
  const value = message.get(number)?.at(-1);
  if (typeof value === "bigint") throw new WireError(`field ${number} holds a number where bytes are expected`);
  return value;
};
