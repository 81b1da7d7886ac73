import type { ServiceRequest } from "../service.ts";
import { ServiceError } from "./error.ts";
import { memberOf, type OperationModel, type ServiceModel, shapeOf } from "./model.ts";

/** A request's operation, and what its path says. */
export interface MatchedOperation {
  readonly name: string;
  readonly operation: OperationModel;
  /** Values of the path template's labels, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

const label = /^\{(.+)\}$/;

const labelsOf = (template: string, path: string): Record<string, string> | undefined => {
  const expected = template.split("/");
  const given = path.split("/");
  if (expected.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const name = label.exec(part)?.[1];
    const value = given[index] ?? "";
    if (name === undefined && part !== value) return undefined;
    if (name !== undefined) labels[name] = value;
  }
  return labels;
};

const decodeLabels = (labels: Record<string, string>) => {
  try {
    return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
};

/** Finds the operation by method and path; undefined where the service has none. */
export const matchOperation = (
  model: ServiceModel,
  request: Pick<ServiceRequest, "method" | "path">,
): MatchedOperation | undefined => {
  for (const [name, operation] of Object.entries(model.operations)) {
    if (operation.method !== request.method) continue;
    const raw = labelsOf(operation.path, request.path);
    const labels = raw && decodeLabels(raw);
    if (labels !== undefined) return { name, operation, labels };
  }
  return undefined;
};

const parseBody = (body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {};
  const refuse = () =>
    new ServiceError("ValidationException", "The request body is not a JSON object", { reason: "OTHER" });
  let value: unknown;
  try {
    // A member that is null counts as absent, in rest-json.
    value = JSON.parse(body.toString("utf8"), (_, inner) => (inner === null ? undefined : inner));
  } catch {
    throw refuse();
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse();
  return value as Record<string, unknown>;
};

const placedValue = (model: ServiceModel, shape: string, values: readonly string[]) => {
  if (values.length === 0) return undefined;
  return shapeOf(model, shape).type === "list" ? values : values[0];
};

/**
 * The operation's input, gathered from path, query and body.
 * Throws ValidationException where the body is not a JSON object.
 */
export const readInput = (
  model: ServiceModel,
  { operation, labels }: MatchedOperation,
  request: Pick<ServiceRequest, "query" | "body">,
): Record<string, unknown> => {
  const input: Record<string, unknown> = { ...parseBody(request.body) };
  for (const [name, member] of Object.entries(shapeOf(model, operation.input).members ?? {})) {
    const place = memberOf(member);
    if (place.in === "body") continue;
    const label = labels[place.name];
    const values = place.in === "query" ? request.query.getAll(place.name) : label === undefined ? [] : [label];
    input[name] = placedValue(model, place.shape, values);
  }
  return input;
};
