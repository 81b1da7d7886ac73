import { expect, it } from "vitest";
import { rotate } from "./fixture/rotation.ts";

it("no viewer who comes while the key is changed is refused, and tokens of the removed key are", async () => {
  const { met, ofRemovedKey } = await rotate({ a: "kms", b: "own" });
  expect([...new Set(met)]).toEqual(["played: 200"]);
  expect(met.length).toBeGreaterThan(20);
  expect(ofRemovedKey).toEqual({ before: 200, after: 403 });
}, 400_000);
