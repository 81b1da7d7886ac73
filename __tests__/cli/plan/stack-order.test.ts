import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { stackOrder } from "#cli/plan/stack-order.ts";

const output = mkdtempSync(join(tmpdir(), "onair-order-"));
afterAll(() => rmSync(output, { recursive: true }));

const project = { root: output, folder: output, output };
const stack = (name: string, ...dependencies: readonly string[]) => [name, { name, dependencies }];
const write = (...stacks: readonly (readonly unknown[])[]) =>
  writeFileSync(
    join(output, "manifest.json"),
    JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(stacks as [string, unknown][]) }),
  );
beforeEach(() => write(stack("delivery", "platform"), stack("platform", "state"), stack("state")));

describe("the order of stacks", () => {
  it("has each behind those that it depends on", () => {
    expect(stackOrder(project, [], "plan")).toEqual(["state", "platform", "delivery"]);
  });

  it("is that of those that are named, however they are named", () => {
    expect(stackOrder(project, ["delivery", "state"], "plan")).toEqual(["state", "delivery"]);
  });

  it("has no stack that is not there", () => {
    expect(() => stackOrder(project, ["platfrom"], "apply")).toThrow(
      expect.objectContaining({
        code: "USAGE",
        what: 'There is no stack "platfrom".',
        why: "There are: state, platform, delivery. Nothing was done.",
        cure: "See: onair apply --help",
      }),
    );
  });

  it.each([
    ["a stack", stack("platform/assets/a/AB")],
    ["a dependency", stack("platform", "../elsewhere")],
    ["a name", ["platform", { name: "platform/assets/a/AB" }]],
  ])("has no folder but those of our stacks: not by %s of the manifest", (_, entry) => {
    write(entry);
    expect(() => stackOrder(project, [], "plan")).toThrow(
      expect.objectContaining({ code: "SYNTH_FAILED", what: "manifest.json does not list our stacks." }),
    );
  });
});
