import { describe, expect, test } from "vitest";
import { type Machine, requireMachine } from "#cli/prerequisites/requirements.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";

const machine: Machine = {
  platform: "linux",
  node: "20.19.0",
  python: { path: "/usr/bin/python3", version: "3.10.0", venv: true },
  terraform: { path: "/usr/bin/terraform", version: "1.11.0" },
};

function refusal(change: Partial<Machine>): string[] {
  try {
    requireMachine({ ...machine, ...change });
  } catch (thrown) {
    if (thrown instanceof CliError) return errorLines(thrown);
    throw thrown;
  }
  return [];
}

test("accepts the oldest versions that are supported, on Linux and macOS", () => {
  expect(refusal({})).toEqual([]);
  expect(refusal({ platform: "darwin" })).toEqual([]);
  expect(refusal({ terraform: { path: "/t", version: "2.0.0" }, node: "22.1.0" })).toEqual([]);
});

describe("says what is missing and how to install it", () => {
  test("Terraform, on Linux", () => {
    expect(refusal({ terraform: {} })).toEqual([
      "Terraform >= 1.11 is needed, none on PATH.",
      "  Nothing was started.",
      "  Linux: https://developer.hashicorp.com/terraform/install  TERRAFORM_MISSING",
    ]);
  });

  test("Terraform, on macOS", () => {
    expect(refusal({ platform: "darwin", terraform: {} }).at(-1)).toBe(
      "  macOS: brew tap hashicorp/tap && brew install hashicorp/tap/terraform  TERRAFORM_MISSING",
    );
  });

  test("Terraform that is too old, with the version seen and where", () => {
    expect(refusal({ terraform: { path: "/usr/bin/terraform", version: "1.9.8" } })[0]).toBe(
      "Terraform >= 1.11 is needed, 1.9.8 is at /usr/bin/terraform.",
    );
  });

  test("Terraform that does not run", () => {
    expect(refusal({ terraform: { path: "/usr/bin/terraform" } })[0]).toBe(
      "Terraform >= 1.11 is needed, /usr/bin/terraform does not run.",
    );
  });

  test("Python", () => {
    expect(refusal({ python: {} })[0]).toBe("Python >= 3.10 is needed, none on PATH.");
    expect(refusal({ python: { path: "/p", version: "3.9.18", venv: true } }).at(-1)).toContain("PYTHON_TOO_OLD");
  });

  test("Python without venv", () => {
    expect(refusal({ python: { path: "/usr/bin/python3", version: "3.11.2", venv: false } })).toEqual([
      "Python at /usr/bin/python3 cannot make a virtual environment.",
      "  Its modules venv and ensurepip are needed to install the emulator apart from your own packages. Nothing was started.",
      "  Linux: install the packages python3 and python3-venv (apt-get, dnf or your distribution's tool)  VENV_MISSING",
    ]);
  });

  test("Node", () => {
    expect(refusal({ node: "20.18.3" })[0]).toContain("Node >= 20.19 is needed, 20.18.3 is at ");
  });

  test("another platform", () => {
    expect(refusal({ platform: "win32" })).toEqual([
      "Onair's local cloud runs on Linux and macOS; this is win32.",
      "  It needs process groups, signals and executables that start by their first line. Nothing was started.",
      "  Use a Linux distribution under WSL 2.  PLATFORM_UNSUPPORTED",
    ]);
  });
});
