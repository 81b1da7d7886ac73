import { isDeepStrictEqual } from "node:util";
import type { ServiceRequest } from "../service.ts";
import type { Members } from "./properties.ts";
import type { ResourceType } from "./resource-type.ts";

/** A request to IVS in the name of who asked Cloud Control. */
const post = (request: ServiceRequest, path: string, input: Members): ServiceRequest => ({
  ...request,
  method: "POST",
  path,
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from(JSON.stringify(input)),
});

/** `POST /<operation>`, as IVS has all its operations but those on tags. */
export const engineCall = (request: ServiceRequest, operation: string, input: Members): ServiceRequest =>
  post(request, `/${operation}`, input);

const tagPath = (arn: string) => `/tags/${encodeURIComponent(arn)}`;

const tagCalls = (request: ServiceRequest, arn: string, before: Members, after: Members): ServiceRequest[] => {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const written = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
  const untag = { ...post(request, tagPath(arn), {}), method: "DELETE", body: Buffer.alloc(0) };
  return [
    ...(gone.length > 0 ? [{ ...untag, query: new URLSearchParams(gone.map((key) => ["tagKeys", key])) }] : []),
    ...(Object.keys(written).length > 0 ? [post(request, tagPath(arn), { tags: written })] : []),
  ];
};

/** What makes a resource be like `after`: nothing where it is. */
export const updateCalls = (
  request: ServiceRequest,
  { noun, updatable }: ResourceType,
  arn: string,
  before: Members,
  after: Members,
): ServiceRequest[] => {
  const changes = Object.entries(updatable)
    .map(([name, unsaid]) => [name, after[name] ?? unsaid] as const)
    .filter(([name, value]) => !isDeepStrictEqual(before[name], value));
  return [
    ...(changes.length > 0 ? [engineCall(request, `Update${noun}`, { arn, ...Object.fromEntries(changes) })] : []),
    ...tagCalls(request, arn, (before.tags ?? {}) as Members, (after.tags ?? {}) as Members),
  ];
};
