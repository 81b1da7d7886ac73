import { type CredentialScope, parseAuthorization, parsePresigned } from "./credentials.ts";

/** The part of a request that decides where it goes. */
export interface RequestHead {
  readonly method: string;
  /** The request target as sent, query included. */
  readonly target: string;
  /** Without the query, decoded: what ministack would compare. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The Host header in lower case, without its port. */
  readonly host: string;
  /** From the Authorization header. */
  readonly signed: CredentialScope | undefined;
  /** From the query. */
  readonly presigned: CredentialScope | undefined;
}

/** A header that decides, and so may stand in a request only once: two readers could take different ones. */
const ONCE = ["host", "authorization", "origin", "sec-fetch-site", "x-amz-target", "content-length"] as const;

const decode = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** Reads the head of a request, or says what is wrong with it. */
export const readHead = (method: string, target: string, rawHeaders: readonly string[]): RequestHead | string => {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (headers[name] !== undefined && ONCE.some((once) => once === name)) return `two ${name} headers`;
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  if (!target.startsWith("/")) return "a request target that is not a path";
  const [rawPath = "", ...rest] = target.split("?");
  const path = decode(rawPath);
  if (path === undefined) return "a path that cannot be decoded";
  const query = new URLSearchParams(rest.join("?"));
  const presigned = parsePresigned(query);
  if (presigned !== undefined && headers.authorization !== undefined) return "two signatures";
  return {
    method,
    target,
    path,
    query,
    headers,
    host: (headers.host ?? "").toLowerCase().replace(/:\d{1,5}$/, ""),
    signed: parseAuthorization(headers.authorization),
    presigned,
  };
};
