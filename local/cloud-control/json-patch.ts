import { isDeepStrictEqual } from "node:util";
import { Refusal } from "./refusal.ts";

/** One operation of a JSON Patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

type Container = Record<string, unknown> | unknown[];

const doesNotApply = (path: string) => new Refusal("InvalidRequestException", `The patch does not apply at ${path}`);

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null;

const stepsOf = (pointer: string): string[] => {
  if (!pointer.startsWith("/")) throw doesNotApply(JSON.stringify(pointer));
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
};

/** The container that a pointer's last step is about, and that step. */
const placeOf = (document: Container, pointer: string): { readonly container: Container; readonly step: string } => {
  const steps = stepsOf(pointer);
  const step = steps.pop() ?? "";
  let container: unknown = document;
  for (const one of steps) {
    if (!isContainer(container) || !Object.hasOwn(container, one)) throw doesNotApply(pointer);
    container = (container as Record<string, unknown>)[one];
  }
  if (!isContainer(container)) throw doesNotApply(pointer);
  return { container, step };
};

const indexOf = (list: readonly unknown[], step: string, pointer: string, most: number): number => {
  const index = step === "-" ? list.length : Number(step);
  if (!/^(-|0|[1-9]\d*)$/.test(step) || index > most) throw doesNotApply(pointer);
  return index;
};

const add = (document: Container, pointer: string, value: unknown): void => {
  const { container, step } = placeOf(document, pointer);
  if (Array.isArray(container)) container.splice(indexOf(container, step, pointer, container.length), 0, value);
  else container[step] = value;
};

const read = (document: Container, pointer: string): unknown => {
  const { container, step } = placeOf(document, pointer);
  if (Array.isArray(container)) return container[indexOf(container, step, pointer, container.length - 1)];
  if (!Object.hasOwn(container, step)) throw doesNotApply(pointer);
  return container[step];
};

const remove = (document: Container, pointer: string): unknown => {
  const value = read(document, pointer);
  const { container, step } = placeOf(document, pointer);
  if (Array.isArray(container)) container.splice(Number(step), 1);
  else delete container[step];
  return value;
};

const carryOut = (document: Container, { op, path, from = "", value }: Operation): void => {
  if (op === "add") add(document, path, value);
  else if (op === "remove") remove(document, path);
  else if (op === "replace") {
    remove(document, path);
    add(document, path, value);
  } else if (op === "move") add(document, path, remove(document, from));
  else if (op === "copy") add(document, path, structuredClone(read(document, from)));
  else if (op !== "test" || !isDeepStrictEqual(read(document, path), value)) throw doesNotApply(path);
};

const isOperation = (value: unknown): value is Operation =>
  isContainer(value) && !Array.isArray(value) && typeof value.op === "string" && typeof value.path === "string";

/**
 * The properties as a patch document makes them; what was there stays as it is.
 *
 * @throws Refusal InvalidRequestException where the document is no patch, or says something of what is not there
 */
export const patched = (properties: Readonly<Record<string, unknown>>, patch: string): Record<string, unknown> => {
  const copy = structuredClone(properties) as Record<string, unknown>;
  let operations: unknown;
  try {
    operations = JSON.parse(patch);
  } catch {
    throw new Refusal("InvalidRequestException", "PatchDocument is not JSON");
  }
  if (!Array.isArray(operations) || !operations.every(isOperation)) {
    throw new Refusal("InvalidRequestException", "PatchDocument is not a list of operations");
  }
  for (const operation of operations) carryOut(copy, operation);
  return copy;
};
