import { createHash } from "node:crypto";
import { invalidInput } from "./respond.ts";

/** What a list operation was asked for. */
export interface PageInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** How one list operation pages. */
export interface Paging<Item> {
  /** Operation, place and filters: a token is good only for the list that gave it. */
  readonly scope: readonly unknown[];
  /** Page size where the request names none. */
  readonly size: number;
  /** Unique and comparable; pages follow its order. */
  readonly key: (item: Item) => string;
}

const fingerprint = (scope: readonly unknown[]) =>
  createHash("sha256").update(JSON.stringify(scope)).digest("base64url").slice(0, 12);

const writeToken = (scope: readonly unknown[], after: string) =>
  Buffer.from(JSON.stringify([fingerprint(scope), after])).toString("base64url");

const readToken = (scope: readonly unknown[], token: string): string => {
  try {
    const [mark, after] = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    if (mark === fingerprint(scope) && typeof after === "string" && writeToken(scope, after) === token) return after;
  } catch {
    // Falls through to the same refusal as a token of another list.
  }
  throw invalidInput([{ path: "nextToken", message: "Member must be a token that this operation returned" }]);
};

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * One page of a list. A token remembers the last item's key, not a position, so an item that is there during the whole
 * walk is seen exactly once whatever is created or deleted meanwhile.
 * Throws ValidationException for a token that this list did not give.
 */
export const page = <Item>(
  items: readonly Item[],
  input: PageInput,
  { scope, size, key }: Paging<Item>,
): { readonly items: readonly Item[]; readonly nextToken?: string } => {
  const after = input.nextToken ? readToken(scope, input.nextToken) : undefined;
  const sorted = items.map((item) => ({ item, key: key(item) })).sort((one, other) => compare(one.key, other.key));
  const rest = after === undefined ? sorted : sorted.filter((entry) => entry.key > after);
  const shown = rest.slice(0, input.maxResults ?? size);
  const last = shown.at(-1);
  const more = last !== undefined && shown.length < rest.length;
  return { items: shown.map(({ item }) => item), ...(more && { nextToken: writeToken(scope, last.key) }) };
};

/** A page key that puts the newest first; `tie` makes it unique. */
export const newestFirst = (time: string, tie: string): string =>
  `${String(Number.MAX_SAFE_INTEGER - Date.parse(time)).padStart(16, "0")} ${tie}`;
