import { expect, it } from "vitest";
import { rotate } from "./fixture/rotation.ts";

it.each([
  ["kms", "kms"],
  ["own", "own"],
  ["own", "kms"],
] as const)(
  "no viewer who comes while a key (%s) is changed for another (%s) is refused",
  async (a, b) => {
    const { met, ofRemovedKey } = await rotate({ a, b });
    expect([...new Set(met)]).toEqual(["played: 200"]);
    expect(met.length).toBeGreaterThan(20);
    expect(ofRemovedKey).toEqual({ before: 200, after: 403 });
  },
  400_000,
);
