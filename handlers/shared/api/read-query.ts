import { invalidRequest } from "./problem.ts";

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    const rule = "must be percent-encoded UTF-8";
    throw invalidRequest([{ field: "query", rule, got: JSON.stringify(part.slice(0, 40)) }]);
  }
}

/** The query as texts by name. @throws Problem INVALID_REQUEST where a name stands twice or an escape is none */
export function readQuery(rawQueryString: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const part of rawQueryString.split("&").filter((each) => each !== "")) {
    const [name = "", ...value] = part.split("=");
    const key = decode(name);
    if (query.has(key)) {
      throw invalidRequest([{ field: `query.${key.slice(0, 40)}`, rule: "must stand once", got: "it twice" }]);
    }
    query.set(key, decode(value.join("=")));
  }
  return Object.fromEntries(query);
}
