import { memberOf, type ServiceModel, type Shape, shapeOf } from "#local/service-model/model.ts";

/** Valid values by shape name, for shapes whose pattern no rule of thumb satisfies. */
export type Samples = Readonly<Record<string, unknown>>;

/** An input that breaks one rule of the model, and no other at a different place. */
export interface Violation {
  readonly path: string;
  readonly rule: "required" | "type" | "min" | "max" | "pattern" | "enum";
  readonly value: unknown;
}

/** A valid value of a shape, with every member set. */
export const sampleOf = (model: ServiceModel, name: string, samples: Samples): unknown => {
  if (name in samples) return samples[name];
  const shape = shapeOf(model, name);
  const inner = (other: string | undefined) => sampleOf(model, other ?? "", samples);
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([member, to]) => [member, inner(memberOf(to).shape)]),
      );
    case "list":
      return [inner(shape.member)];
    case "map":
      return { [String(inner(shape.key))]: inner(shape.value) };
    case "boolean":
      return true;
    case "integer":
    case "long":
      return shape.min ?? 1;
    default:
      return shape.enum?.[0] ?? "a".repeat(Math.max(shape.min ?? 1, 1));
  }
};

const wrongType = (shape: Shape): unknown => (shape.type === "string" ? 5 : "text");

const ofSize = (shape: Shape, size: number): unknown => {
  if (shape.type === "string") return "a".repeat(size);
  if (shape.type === "integer" || shape.type === "long") return size;
  return undefined;
};

const join = (path: string, name: string) => (path === "" ? name : `${name}.${path}`);

function* sizes(model: ServiceModel, shape: Shape, samples: Samples): Iterable<Violation> {
  const { min, max } = shape;
  const items = (count: number) => Array.from({ length: count }, () => sampleOf(model, shape.member ?? "", samples));
  const entries = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
  const make = (size: number) =>
    shape.type === "list" ? items(size) : shape.type === "map" ? entries(size) : ofSize(shape, size);
  const isNumber = shape.type === "integer" || shape.type === "long";
  if (min !== undefined && (min > 0 || isNumber)) yield { path: "", rule: "min", value: make(min - 1) };
  if (max !== undefined) yield { path: "", rule: "max", value: make(max + 1) };
}

/** Every way of breaking one rule in a value of a shape; type errors only where JSON carries the type. */
export function* violationsOf(
  model: ServiceModel,
  name: string,
  samples: Samples,
  placed = false,
): Iterable<Violation> {
  const shape = shapeOf(model, name);
  if (!placed) yield { path: "", rule: "type", value: wrongType(shape) };
  yield* sizes(model, shape, samples);
  if (shape.pattern !== undefined) {
    yield { path: "", rule: "pattern", value: "!".repeat(Math.max(shape.min ?? 1, 1)) };
  }
  if (shape.enum !== undefined) yield { path: "", rule: "enum", value: "NO_SUCH_VALUE" };
  if (shape.type === "list" && shape.member !== undefined) {
    for (const broken of violationsOf(model, shape.member, samples, placed)) {
      yield { ...broken, path: join(broken.path, "1.member"), value: [broken.value] };
    }
  }
  if (shape.type === "map" && shape.key !== undefined && shape.value !== undefined) {
    for (const broken of violationsOf(model, shape.key, samples, true)) {
      const value = { [String(broken.value)]: sampleOf(model, shape.value, samples) };
      yield { ...broken, path: "key", value };
    }
    for (const broken of violationsOf(model, shape.value, samples)) {
      yield { ...broken, path: "value", value: { [String(sampleOf(model, shape.key, samples))]: broken.value } };
    }
  }
  if (shape.type === "structure") yield* membersBroken(model, shape, name, samples);
}

function* membersBroken(model: ServiceModel, shape: Shape, name: string, samples: Samples): Iterable<Violation> {
  const whole = sampleOf(model, name, samples) as Record<string, unknown>;
  for (const [member, to] of Object.entries(shape.members ?? {})) {
    const place = memberOf(to);
    const { [member]: _, ...without } = whole;
    // A label is always in the path; leaving it out is the same as leaving it empty.
    if (shape.required?.includes(member) && place.in !== "uri") {
      yield { path: member, rule: "required", value: without };
    }
    for (const broken of violationsOf(model, place.shape, samples, place.in !== "body")) {
      yield { ...broken, path: join(broken.path, member), value: { ...whole, [member]: broken.value } };
    }
  }
}
