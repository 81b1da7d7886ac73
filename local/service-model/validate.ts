import { memberOf, type ServiceModel, type Shape, shapeOf } from "./model.ts";

/** One way in which a value breaks its shape. */
export interface Problem {
  /** Where, for example `thumbnailConfiguration.targetIntervalSeconds`; empty for the value itself. */
  readonly path: string;
  /** Which rule of the model it breaks. */
  readonly rule: "type" | "required" | "min" | "max" | "pattern" | "enum" | "unknown";
  /** The rule in words. Never repeats text from the value, which may be a secret; numbers and lengths only. */
  readonly message: string;
}

/** What to make of members that the model does not know: a service ignores them, a test of answers refuses them. */
type UnknownMembers = "ignore" | "refuse";

interface Walk {
  readonly model: ServiceModel;
  readonly unknown: UnknownMembers;
  readonly problems: Problem[];
}

const patterns = new Map<string, RegExp>();
const wholeMatch = (pattern: string) => {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "u");
  patterns.set(pattern, known);
  return known;
};

const join = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kinds: Readonly<Record<Shape["type"], { readonly words: string; is(value: unknown): boolean }>> = {
  structure: { words: "an object", is: isObject },
  map: { words: "an object", is: isObject },
  list: { words: "a list", is: Array.isArray },
  string: { words: "a string", is: (value) => typeof value === "string" },
  integer: { words: "a 32-bit integer", is: (value) => Number.isInteger(value) && (Number(value) | 0) === value },
  long: { words: "an integer", is: Number.isSafeInteger },
  boolean: { words: "a boolean", is: (value) => typeof value === "boolean" },
  timestamp: {
    words: "an ISO 8601 time",
    is: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  },
};

const nameOfKind = (value: unknown) => (Array.isArray(value) ? "list" : typeof value);

/** What `min` and `max` count, and how a message says it. */
const sizeOf = (value: unknown): { size: number; unit: string } => {
  if (typeof value === "number") return { size: value, unit: "value" };
  if (typeof value === "string") return { size: [...value].length, unit: "length" };
  return { size: Array.isArray(value) ? value.length : Object.keys(value as object).length, unit: "number of items" };
};

const checkLimits = (walk: Walk, shape: Shape, value: unknown, path: string) => {
  const add = (rule: Problem["rule"], message: string) => walk.problems.push({ path, rule, message });
  if (shape.min !== undefined || shape.max !== undefined) {
    const { size, unit } = sizeOf(value);
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
    if (size < min) add("min", `Member must have ${unit} greater than or equal to ${min}, got ${size}`);
    if (size > max) add("max", `Member must have ${unit} less than or equal to ${max}, got ${size}`);
  }
  if (typeof value !== "string") return;
  if (shape.pattern !== undefined && !wholeMatch(shape.pattern).test(value)) {
    add("pattern", `Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    add("enum", `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
};

const checkMembers = (walk: Walk, shape: Shape, value: Record<string, unknown>, path: string) => {
  const members = shape.members ?? {};
  for (const name of shape.required ?? []) {
    if (!Object.hasOwn(value, name) || value[name] === undefined) {
      walk.problems.push({ path: join(path, name), rule: "required", message: "Member must not be null" });
    }
  }
  for (const [name, inner] of Object.entries(value)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member !== undefined && inner !== undefined) check(walk, memberOf(member).shape, inner, join(path, name));
    if (member === undefined && walk.unknown === "refuse") {
      walk.problems.push({ path: join(path, name), rule: "unknown", message: "Member is not in the model" });
    }
  }
};

const check = (walk: Walk, shapeName: string, value: unknown, path: string): void => {
  const shape = shapeOf(walk.model, shapeName);
  if (!kinds[shape.type].is(value)) {
    const message = `Member must be ${kinds[shape.type].words}, got ${nameOfKind(value)}`;
    walk.problems.push({ path, rule: "type", message });
    return;
  }
  checkLimits(walk, shape, value, path);
  if (shape.type === "structure") checkMembers(walk, shape, value as Record<string, unknown>, path);
  if (shape.type === "list" && shape.member !== undefined) {
    for (const [index, item] of (value as unknown[]).entries()) {
      check(walk, shape.member, item, join(path, `${index + 1}.member`));
    }
  }
  if (shape.type === "map" && shape.key !== undefined && shape.value !== undefined) {
    for (const [key, item] of Object.entries(value as object)) {
      check(walk, shape.key, key, join(path, "key"));
      check(walk, shape.value, item, join(path, "value"));
    }
  }
};

const walkThrough = (model: ServiceModel, shapeName: string, value: unknown, unknown: UnknownMembers) => {
  const walk: Walk = { model, unknown, problems: [] };
  check(walk, shapeName, value, "");
  return walk.problems as readonly Problem[];
};

/** Everything in which an input breaks its shape; members that the model does not know are ignored, as a service does. */
export const validate = (model: ServiceModel, shapeName: string, value: unknown): readonly Problem[] =>
  walkThrough(model, shapeName, value, "ignore");

/** Everything in which an answer, as JSON, breaks its shape; a member that the model does not know is a problem too. */
export const checkAnswer = (model: ServiceModel, shapeName: string, value: unknown): readonly Problem[] =>
  walkThrough(model, shapeName, value, "refuse");
