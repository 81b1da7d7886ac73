import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stackOrder } from "#cli/plan/stack-order.ts";

const output = mkdtempSync(join(tmpdir(), "onair-order-"));
afterAll(() => rmSync(output, { recursive: true }));

const project = { root: output, folder: output, output };
const stack = (name: string, ...dependencies: readonly string[]) => [name, { name, dependencies }];
const stacks = [stack("broadcast", "platform"), stack("platform", "state"), stack("delivery"), stack("state")];
writeFileSync(join(output, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks: Object.fromEntries(stacks) }));

describe("the order of stacks", () => {
  it("has each behind those that it depends on", () => {
    expect(stackOrder(project, [], "plan")).toEqual(["state", "platform", "broadcast", "delivery"]);
  });

  it("is that of those that are named, however they are named", () => {
    expect(stackOrder(project, ["broadcast", "state"], "plan")).toEqual(["state", "broadcast"]);
  });

  it("has no stack that is not there", () => {
    expect(() => stackOrder(project, ["platfrom"], "apply")).toThrow(
      expect.objectContaining({
        code: "USAGE",
        what: 'There is no stack "platfrom".',
        why: "There are: state, platform, broadcast, delivery. Nothing was done.",
        cure: "See: onair apply --help",
      }),
    );
  });
});
