import { isDeepStrictEqual } from "node:util";
import { loadModel } from "../service-model/model.ts";
import { checkAnswer } from "../service-model/validate.ts";
import { type Members, type Properties, propertyPath, toMembers } from "./properties.ts";
import { Refusal } from "./refusal.ts";
import type { ResourceType } from "./resource-type.ts";

const model = loadModel("ivs");

const invalid = (problems: readonly string[]) =>
  new Refusal("ValidationException", `Model validation failed (${problems.join("\n")})`);

const pathsOf = (names: readonly string[]) => `[${names.map((name) => `/properties/${name}`).join(", ")}]`;

/** Held to IVS's own model, which states the limits that the registry's schema does. Throws Refusal ValidationException. */
const valid = (type: ResourceType, properties: Properties): Members => {
  const members = toMembers(properties);
  if ("tags" in members && members.tags === undefined) throw invalid(["#/Tags: must be a list of keys and values"]);
  const problems = checkAnswer(model, `Create${type.noun}Request`, members);
  if (problems.length > 0) throw invalid(problems.map(({ path, message }) => `${propertyPath(path)}: ${message}`));
  return members;
};

/** The members that a new resource is made of. Throws Refusal. */
export const desiredMembers = (type: ResourceType, desiredState: unknown): Members => {
  let properties: unknown;
  try {
    properties = JSON.parse(String(desiredState));
  } catch {
    throw new Refusal("InvalidRequestException", "DesiredState is not JSON");
  }
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) {
    throw new Refusal("InvalidRequestException", "DesiredState is not an object");
  }
  const given = type.readOnly.filter((name) => Object.hasOwn(properties, name));
  if (given.length > 0) throw invalid([`readOnlyProperties ${pathsOf(given)} cannot be given`]);
  return valid(type, properties as Properties);
};

/** What a resource is to be like. Throws Refusal where the patch is about what no update can change. */
export const changedMembers = (type: ResourceType, before: Properties, after: Properties): Members => {
  const isChanged = (name: string) => !isDeepStrictEqual(before[name], after[name]);
  const readOnly = type.readOnly.filter(isChanged);
  if (readOnly.length > 0) {
    const message = `Invalid patch update: readOnlyProperties ${pathsOf(readOnly)} cannot be updated`;
    throw new Refusal("ValidationException", message);
  }
  const createOnly = type.createOnly.filter(isChanged);
  if (createOnly.length > 0) {
    const message = `Invalid patch update: createOnlyProperties ${pathsOf(createOnly)} cannot be updated`;
    throw new Refusal("NotUpdatableException", message);
  }
  return valid(type, Object.fromEntries(Object.entries(after).filter(([name]) => !type.readOnly.includes(name))));
};
