import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createState } from "#local/service-model/state.ts";

interface Rows {
  readonly things: { readonly name: string };
  readonly others: number;
}

const newState = () => createState<Rows>(["things", "others"]);

describe("state", () => {
  test("keeps each account and region apart", () => {
    const state = newState();
    state.in("000000000000", "eu-west-1").others.put("a", 1);
    expect(state.in("000000000000", "us-east-1").others.all()).toEqual([]);
    expect(state.in("111122223333", "eu-west-1").others.get("a")).toBeUndefined();
    expect(state.places()).toContainEqual({ accountId: "000000000000", region: "eu-west-1" });
  });

  test("counts changes only", () => {
    const state = newState();
    const { others } = state.in("000000000000", "eu-west-1");
    others.get("a");
    others.delete("a");
    expect(state.revision).toBe(0);
    others.put("a", 1);
    expect(state.revision).toBe(1);
    others.delete("a");
    expect(state.revision).toBe(2);
    expect(others.size).toBe(0);
  });

  test("is the same after it was saved as JSON and restored", () => {
    const rows = fc.array(fc.tuple(fc.string(), fc.record({ name: fc.string() })));
    fc.assert(
      fc.property(rows, fc.constantFrom("eu-west-1", "us-east-1"), (entries, region) => {
        const before = newState();
        for (const [key, row] of entries) before.in("000000000000", region).things.put(key, row);
        const after = newState();
        after.restore(JSON.parse(JSON.stringify(before.save())));
        expect(after.save()).toEqual(before.save());
        expect(after.in("000000000000", region).things.all()).toEqual(before.in("000000000000", region).things.all());
      }),
    );
  });

  test("replaces everything when restored, and counts that as a change", () => {
    const state = newState();
    state.in("000000000000", "eu-west-1").others.put("a", 1);
    const { revision } = state;
    state.restore(newState().save());
    expect(state.in("000000000000", "eu-west-1").others.all()).toEqual([]);
    expect(state.revision).toBeGreaterThan(revision);
  });

  test("refuses a saved form of another version", () => {
    expect(() => newState().restore({ version: 2, places: [] })).toThrow(
      "saved state has version 2; this program reads version 1",
    );
  });
});
