import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patched } from "#local/cloud-control/json-patch.ts";

const apply = (document: Record<string, unknown>, ...operations: readonly unknown[]) =>
  patched(document, JSON.stringify(operations));

describe("a patch", () => {
  it.each([
    [
      { op: "add", path: "/list/1", value: "x" },
      { list: ["a", "x", "b"], one: { two: 2 } },
    ],
    [
      { op: "add", path: "/list/-", value: "x" },
      { list: ["a", "b", "x"], one: { two: 2 } },
    ],
    [
      { op: "add", path: "/one/three", value: 3 },
      { list: ["a", "b"], one: { two: 2, three: 3 } },
    ],
    [
      { op: "remove", path: "/list/0" },
      { list: ["b"], one: { two: 2 } },
    ],
    [
      { op: "replace", path: "/one", value: null },
      { list: ["a", "b"], one: null },
    ],
    [
      { op: "move", from: "/list/0", path: "/list/1" },
      { list: ["b", "a"], one: { two: 2 } },
    ],
    [
      { op: "copy", from: "/one", path: "/list/0" },
      { list: [{ two: 2 }, "a", "b"], one: { two: 2 } },
    ],
    [
      { op: "test", path: "/one", value: { two: 2 } },
      { list: ["a", "b"], one: { two: 2 } },
    ],
  ])("%j", (operation, result) => {
    expect(apply({ list: ["a", "b"], one: { two: 2 } }, operation)).toEqual(result);
  });

  it("takes names that have a slash or a tilde in them", () => {
    expect(apply({ "a/b~c": 1 }, { op: "replace", path: "/a~1b~0c", value: 2 })).toEqual({ "a/b~c": 2 });
  });

  it.each([
    { op: "remove", path: "/list/2" },
    { op: "remove", path: "/none" },
    { op: "add", path: "/list/3", value: 1 },
    { op: "add", path: "/list/01", value: 1 },
    { op: "add", path: "/none/here", value: 1 },
    { op: "replace", path: "/constructor", value: 1 },
    { op: "test", path: "/list", value: [] },
    { op: "increment", path: "/list" },
  ])("is refused that says something of what is not there: %j", (operation) => {
    expect(() => apply({ list: ["a", "b"] }, operation)).toThrow("The patch does not apply at /");
  });

  it.each(["", "{}", "[1]", '[{"op":"add"}]'])("is a list of operations, and not %j", (text) => {
    expect(() => patched({}, text)).toThrow("PatchDocument is not");
  });

  it("leaves what was there as it was", () => {
    const list = fc.array(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(list, fc.nat(), (items, place) => {
        const before = { items: [...items] };
        const path = `/items/${place % items.length}`;
        const after = apply(before, { op: "remove", path });
        expect(before).toEqual({ items });
        expect(apply(after, { op: "add", path, value: items[place % items.length] })).toEqual({ items });
      }),
    );
  });
});
