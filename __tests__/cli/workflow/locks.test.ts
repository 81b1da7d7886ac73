import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordTerminal } from "#__tests__/cli/onair/fixture/recorded-terminal.ts";
import { useLocks } from "#cli/workflow/locks.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "locks-"));
  mkdirSync(join(root, "locks"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const commit = (stack: string) => writeFileSync(join(root, "locks", `${stack}.lock.hcl`), `# ${stack}`);
const lock = (stack: string) => join(root, "out/stacks", stack, ".terraform.lock.hcl");

describe("the committed locks of providers", () => {
  it("lie beside each stack, and Terraform is told to take them as they are", () => {
    for (const stack of ["state", "platform"]) commit(stack);
    const { terminal, stdout } = recordTerminal();
    useLocks(terminal, join(root, "out"), ["state", "platform"], root);
    expect(readFileSync(lock("platform"), "utf8")).toBe("# platform");
    expect(stdout()).toBe("TF_CLI_ARGS_init=-lockfile=readonly\n");
  });

  it("change nothing where none is committed", () => {
    const { terminal, stdout } = recordTerminal();
    useLocks(terminal, join(root, "out"), ["platform"], root);
    expect([stdout(), existsSync(lock("platform"))]).toEqual(["", false]);
  });

  it("are wanted of every stack once there is one", () => {
    commit("platform");
    const { terminal } = recordTerminal();
    expect(() => useLocks(terminal, join(root, "out"), ["platform", "state"], root)).toThrow(
      "locks/state.lock.hcl is missing.",
    );
  });
});
