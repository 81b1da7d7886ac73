import { describe, expect, test } from "vitest";
import { UNKNOWN } from "#local/archive-provider/dynamic-value.ts";
import { planResource, upgradeState } from "#local/archive-provider/resource-plan.ts";
import { ATTRIBUTES, COMPUTED } from "#local/archive-provider/schema.ts";

const state = { ...upgradeState("{}"), type: "zip", output_path: "a.zip", source_dir: "src", id: "abc" };

describe("the resource archive_file", () => {
  test("is planned with every computed attribute unknown when it is new", () => {
    const { planned, replacing } = planResource(null, state);
    expect(COMPUTED.map((name) => (planned as Record<string, unknown>)[name])).toEqual(COMPUTED.map(() => UNKNOWN));
    expect(replacing).toEqual([]);
  });

  test("is left as it is when nothing changes", () => {
    expect(planResource(state, state)).toEqual({ planned: state, replacing: [] });
  });

  test("is replaced for another source", () => {
    const { planned, replacing } = planResource(state, { ...state, source_dir: "other" });
    expect(replacing).toEqual(["source_dir"]);
    expect(planned).toMatchObject({ id: UNKNOWN, source_dir: "other" });
  });

  test("is replaced for other source blocks", () => {
    const other = { ...state, source: [{ content: "a", filename: "b" }] };
    expect(planResource(state, other).replacing).toEqual(["source"]);
  });

  test("is updated in place when only exclude_symlink_directories changes", () => {
    expect(planResource(state, { ...state, exclude_symlink_directories: true }).replacing).toEqual([]);
  });

  test("is destroyed without a word", () => {
    expect(planResource(state, null)).toEqual({ planned: null, replacing: [] });
  });

  test("is read from a state that lacks newer attributes and has dropped ones", () => {
    const upgraded = upgradeState(JSON.stringify({ type: "zip", follow_symlinks: true }));
    expect(Object.keys(upgraded).sort()).toEqual([...Object.keys(ATTRIBUTES), "source"].sort());
    expect(upgraded).toMatchObject({ type: "zip", exclude_symlink_directories: null, source: [] });
  });
});
