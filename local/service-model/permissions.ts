import type { Permission, ServiceRequest } from "../service.ts";
import type { Tables } from "./state.ts";
import { tagsOf } from "./tags.ts";

type Input = Readonly<Record<string, unknown>>;

/** Which resources one action is asked for, as ARNs; `prefix` is `arn:aws:<service>:<region>:<account>`. */
export type ResourceRule = (input: Input, prefix: string) => readonly string[];

/** For each operation the resource types of the service authorization reference; each of them must be allowed. */
export type PermissionTable<Operations> = { readonly [Name in keyof Operations]: readonly ResourceRule[] };

/** Every resource of a type: for actions that create or list. */
export const every =
  (type: string): ResourceRule =>
  (_, prefix) => [`${prefix}:${type}/*`];

/** The resource, or each of the resources, that an input member names. */
export const named =
  (member: string): ResourceRule =>
  (input) =>
    [input[member]].flat().filter((arn) => typeof arn === "string");

/** For actions without a resource type. */
export const anything: ResourceRule = () => ["*"];

const withPrefix = (prefix: string, tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value] as const);

const tagsInRequest = (input: Input): Permission["context"] => {
  if (Array.isArray(input.tagKeys)) return { "aws:TagKeys": input.tagKeys };
  const tags = (input.tags ?? {}) as Record<string, string>;
  const keys = Object.keys(tags);
  return keys.length === 0 ? {} : Object.fromEntries([...withPrefix("aws:RequestTag", tags), ["aws:TagKeys", keys]]);
};

/** What a valid request must be allowed to do. */
export const permissionsFor = <Rows>(
  { accountId, region }: Pick<ServiceRequest, "accountId" | "region">,
  service: string,
  operation: string,
  rules: readonly ResourceRule[],
  input: Input,
  tables: Tables<Rows>,
): readonly Permission[] => {
  const prefix = `arn:aws:${service}:${region}:${accountId}`;
  const request = tagsInRequest(input);
  const permission = (action: string, resource: string): Permission => ({
    action: `${service}:${action}`,
    resource,
    context: { ...request, ...Object.fromEntries(withPrefix("aws:ResourceTag", tagsOf(tables, resource) ?? {})) },
  });
  const own = rules.flatMap((rule) => rule(input, prefix)).map((resource) => permission(operation, resource));
  // Creating with tags also takes the right to tag: not in the service authorization reference, but reported from
  // real accounts (a 403 on a create call whose role lacked ivs:TagResource). Unverified for each single operation.
  const creates = operation !== "TagResource" && Object.keys(request).length > 0 && input.tags !== undefined;
  const tagged = creates ? (rules[0]?.(input, prefix) ?? []) : [];
  return [...own, ...tagged.map((resource) => permission("TagResource", resource))];
};
