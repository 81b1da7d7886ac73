import type * as v from "valibot";

/** A schema as JSON Schema 2020-12 says it, which OpenAPI 3.1 speaks. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** valibot's parts as they are at run time, as far as they are read here. */
interface Part {
  readonly kind: "schema" | "validation" | "transformation" | "metadata";
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly items?: readonly Part[];
  readonly value?: Part;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly requirement?: unknown;
  readonly metadata?: { readonly jsonSchema?: JsonSchema };
}

const isOptional = ({ type }: Part): boolean => type === "optional" || type === "nullish";

function objectSchema(entries: Readonly<Record<string, Part>>, isStrict: boolean): JsonSchema {
  const required = Object.entries(entries).flatMap(([name, part]) => (isOptional(part) ? [] : [name]));
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(entries).map(([name, part]) => [name, convert(part)])),
    ...(required.length > 0 && { required }),
    ...(isStrict && { additionalProperties: false }),
  };
}

/** Schemas without a pipe, by type. */
const schemas: Readonly<Record<string, (part: Part) => JsonSchema>> = {
  string: () => ({ type: "string" }),
  number: () => ({ type: "number" }),
  boolean: () => ({ type: "boolean" }),
  unknown: () => ({}),
  literal: ({ literal }) => ({ const: literal }),
  picklist: ({ options }) => ({ enum: options }),
  array: ({ item }) => ({ type: "array", items: convert(item) }),
  tuple: ({ items = [] }) => ({
    type: "array",
    prefixItems: items.map(convert),
    minItems: items.length,
    maxItems: items.length,
  }),
  record: ({ value }) => ({ type: "object", additionalProperties: convert(value) }),
  union: ({ options = [] }) => ({ anyOf: options.map((option) => convert(option as Part)) }),
  object: ({ entries = {} }) => objectSchema(entries, false),
  loose_object: ({ entries = {} }) => objectSchema(entries, false),
  strict_object: ({ entries = {} }) => objectSchema(entries, true),
  optional: (part) => ({ ...convert(part.wrapped), ...(part.default !== undefined && { default: part.default }) }),
};

/** What actions of a pipe add, by type; whatever else they do cannot be said in JSON Schema. */
const actions: Readonly<Record<string, (requirement: unknown) => JsonSchema>> = {
  min_length: (minLength) => ({ minLength }),
  max_length: (maxLength) => ({ maxLength }),
  min_value: (minimum) => ({ minimum }),
  max_value: (maximum) => ({ maximum }),
  integer: () => ({ type: "integer" }),
  safe_integer: () => ({ type: "integer" }),
  regex: (pattern) => ({ pattern: (pattern as RegExp).source }),
};

function convert(part: Part | undefined): JsonSchema {
  if (part?.pipe) {
    const [first, ...rest] = part.pipe;
    const added = rest.map(({ type, requirement, metadata }) => metadata?.jsonSchema ?? actions[type]?.(requirement));
    return Object.assign({}, convert(first), ...added);
  }
  const schema = part && schemas[part.type];
  if (!schema) throw new TypeError(`No JSON Schema is known for valibot's ${part?.type ?? "nothing"}.`);
  return schema(part);
}

/** What comes in, or goes out, by a valibot schema: before its transformations. @throws TypeError for a kind of schema that no route has used before */
export const toJsonSchema = (schema: v.GenericSchema): JsonSchema => convert(schema as unknown as Part);
