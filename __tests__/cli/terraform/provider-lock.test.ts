import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { keptLock, placeProviderLock } from "#cli/terraform/provider-lock.ts";

const root = mkdtempSync(join(tmpdir(), "onair-locks-"));
afterAll(() => rmSync(root, { recursive: true }));

const project = { root, folder: root, output: join(root, "out") };
const placed = join(project.output, "stacks/platform/.terraform.lock.hcl");
beforeEach(() => {
  rmSync(placed, { force: true });
  mkdirSync(join(placed, ".."), { recursive: true });
  mkdirSync(join(root, "locks"), { recursive: true });
  writeFileSync(keptLock(root, "platform"), "# kept\n");
});

describe("the kept lock of a stack's providers", () => {
  it("is what a plan for AWS takes as it is", () => {
    expect(placeProviderLock({ project, environment: {} }, "platform")).toEqual(["-lockfile=readonly"]);
    expect(readFileSync(placed, "utf8")).toBe("# kept\n");
  });

  it("is left alone where none is kept, and for the local cloud", () => {
    expect(placeProviderLock({ project, environment: {} }, "state")).toEqual([]);
    const environment = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
    expect(placeProviderLock({ project, environment }, "platform")).toEqual([]);
    expect(existsSync(placed)).toBe(false);
  });
});
