import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newestFirst, page } from "#local/service-model/pages.ts";

interface Item {
  readonly arn: string;
}

const paging = { scope: ["ListThings", "eu-west-1"], size: 3, key: ({ arn }: Item) => arn };

const items = fc
  .uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 })
  .map((arns) => arns.map((arn) => ({ arn })));

/** Walks all pages; `between` may change the list after each. */
const walk = (list: Item[], maxResults: number | undefined, between: (list: Item[]) => Item[] = (same) => same) => {
  const seen: string[] = [];
  let current = list;
  let nextToken: string | undefined;
  do {
    const shown = page(current, { maxResults, nextToken }, paging);
    seen.push(...shown.items.map(({ arn }) => arn));
    nextToken = shown.nextToken;
    current = between(current);
  } while (nextToken !== undefined);
  return seen;
};

describe("paging", () => {
  test("shows every item exactly once for any page size", () => {
    fc.assert(
      fc.property(items, fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), (list, size) => {
        expect(walk(list, size).sort()).toEqual(list.map(({ arn }) => arn).sort());
      }),
    );
  });

  test("shows what stays exactly once while others come and go", () => {
    fc.assert(
      fc.property(items, items, fc.integer({ min: 1, max: 5 }), (staying, passing, size) => {
        const kept = staying.map(({ arn }) => ({ arn: `stays ${arn}` }));
        const guests = passing.map(({ arn }) => ({ arn: `goes ${arn}` }));
        let turn = 0;
        const seen = walk([...kept, ...guests], size, () => {
          turn += 1;
          return turn % 2 === 0 ? [...guests, ...kept] : kept;
        });
        expect(seen.filter((arn) => arn.startsWith("stays")).sort()).toEqual(kept.map(({ arn }) => arn).sort());
      }),
    );
  });

  test("never has a token on the last page, nor an empty page after it", () => {
    const list = ["a", "b", "c"].map((arn) => ({ arn }));
    expect(page(list, {}, paging).nextToken).toBeUndefined();
    expect(page([], {}, paging)).toEqual({ items: [] });
  });

  test("takes an empty token as none", () => {
    expect(page([{ arn: "a" }], { nextToken: "" }, paging).items).toEqual([{ arn: "a" }]);
  });

  const message =
    "1 validation error detected: Value at 'nextToken' failed to satisfy constraint: Member must be a token that this operation returned";

  test("refuses any text that is not its own token", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (nextToken) => {
        expect(() => page([{ arn: "a" }], { nextToken }, paging)).toThrow(message);
      }),
    );
  });

  test("refuses the token of another list or of other filters", () => {
    const list = ["a", "b", "c", "d"].map((arn) => ({ arn }));
    const { nextToken } = page(list, {}, paging);
    expect(() => page(list, { nextToken }, { ...paging, scope: ["ListThings", "us-east-1"] })).toThrow(message);
  });

  test("has tokens of characters that the services allow", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 128 }), (arn) => {
        const { nextToken = "" } = page([{ arn }, { arn: `${arn}a` }], { maxResults: 1 }, paging);
        expect(nextToken).toMatch(/^[a-zA-Z0-9+/=_-]{1,1024}$/);
      }),
    );
  });

  test("puts the newest first by its time key", () => {
    const times = ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "1999-12-31T00:00:00Z"];
    const keys = times.map((time) => newestFirst(time, time)).sort();
    expect(keys.map((key) => key.split(" ")[1])).toEqual([times[1], times[0], times[2]]);
  });
});
