import { decode, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { bytesOf, decodeMessage, encodeMessage } from "./wire.ts";

/** Any value of Terraform's, decoded: objects, arrays (also for sets and blocks), strings, numbers, booleans, null, {@link UNKNOWN}. */
export type TerraformValue =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | readonly TerraformValue[]
  | { readonly [name: string]: TerraformValue };

/** Attributes of a resource, data source or provider configuration by name. */
export type TerraformObject = Readonly<Record<string, TerraformValue>>;

/** Stands for a value that is known only after apply. */
export const UNKNOWN = Object.freeze({ unknown: Symbol("known after apply") });

const UNKNOWN_EXTENSION = 0;
/** An unknown value with what is already known about it; we have no use for that. */
const REFINED_UNKNOWN_EXTENSION = 12;

const extensions = new ExtensionCodec();
extensions.register({
  type: UNKNOWN_EXTENSION,
  encode: (value) => (value === UNKNOWN ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensions.register({ type: REFINED_UNKNOWN_EXTENSION, encode: () => null, decode: () => UNKNOWN });

const encoder = new Encoder({ extensionCodec: extensions });

/** The field of tfplugin5.DynamicValue that carries msgpack. */
const MSGPACK = 1;

/** Writes a tfplugin5.DynamicValue. */
export const encodeDynamicValue = (value: TerraformValue): Buffer =>
  encodeMessage({ [MSGPACK]: encoder.encode(value) });

/**
 * Reads a tfplugin5.DynamicValue, null where it is absent or empty.
 * @throws {WireError|Error} for bytes that are neither.
 */
export const decodeDynamicValue = (bytes: Uint8Array | undefined): TerraformValue => {
  const packed = bytes && bytesOf(decodeMessage(bytes), MSGPACK);
  return packed ? (decode(packed, { extensionCodec: extensions }) as TerraformValue) : null;
};

/** Whether a value is an object with attributes: neither null, unknown nor a list. */
export const isObject = (value: TerraformValue): value is TerraformObject =>
  typeof value === "object" && value !== null && value !== UNKNOWN && !Array.isArray(value);
