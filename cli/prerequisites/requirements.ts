import type { ErrorCode } from "../terminal/cli-error.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Version } from "./version.ts";
import { isAtLeast, parseVersion, versionText } from "./version.ts";

/** What a probe of this machine found; the rules below decide on it. */
export interface Machine {
  /** As `process.platform` says it. */
  readonly platform: string;
  /** As `process.versions.node` says it. */
  readonly node: string;
  readonly python: Python;
  readonly terraform: Tool;
}

export interface Tool {
  /** Where it was found on PATH; undefined when it is not there. */
  readonly path?: string;
  /** What it says its version is; undefined when it did not run. */
  readonly version?: string;
}

export interface Python extends Tool {
  /** Its modules venv and ensurepip are there. */
  readonly venv?: boolean;
}

interface Requirement {
  readonly name: string;
  readonly minimum: Version;
  readonly missing: ErrorCode;
  readonly old: ErrorCode;
  readonly install: Readonly<Record<"darwin" | "linux", string>>;
}

const node: Requirement = {
  name: "Node",
  minimum: [20, 19, 0],
  missing: "NODE_TOO_OLD",
  old: "NODE_TOO_OLD",
  install: { darwin: "brew install node@22", linux: "https://nodejs.org/en/download" },
};

const python: Requirement = {
  name: "Python",
  minimum: [3, 10, 0],
  missing: "PYTHON_MISSING",
  old: "PYTHON_TOO_OLD",
  install: {
    darwin: "brew install python@3.12",
    linux: "install the packages python3 and python3-venv (apt-get, dnf or your distribution's tool)",
  },
};

const terraform: Requirement = {
  name: "Terraform",
  minimum: [1, 11, 0],
  missing: "TERRAFORM_MISSING",
  old: "TERRAFORM_TOO_OLD",
  install: {
    darwin: "brew tap hashicorp/tap && brew install hashicorp/tap/terraform",
    linux: "https://developer.hashicorp.com/terraform/install",
  },
};

/**
 * Refuses a machine that cannot run the local cloud, with how to install what it lacks.
 * Terraform 1.11 is the first with S3-native locking out of its experimental state; Python runs the emulator of the AWS
 * services in a venv of its own.
 */
export function requireMachine(machine: Machine): void {
  const platform = supportedPlatform(machine.platform);
  requireTool(platform, node, { path: process.execPath, version: machine.node });
  requireTool(platform, python, machine.python);
  if (machine.python.venv === false) {
    throw new CliError(
      "VENV_MISSING",
      `Python at ${machine.python.path} cannot make a virtual environment.`,
      "Its modules venv and ensurepip are needed to install the emulator apart from your own packages. Nothing was started.",
      `${platform === "darwin" ? "macOS" : "Linux"}: ${python.install[platform]}`,
    );
  }
  requireTool(platform, terraform, machine.terraform);
}

/** Whether the local cloud can use this Python. */
export function isFitPython({ version, venv }: Python): boolean {
  const parsed = parseVersion(version ?? "");
  return parsed !== undefined && isAtLeast(parsed, python.minimum) && venv !== false;
}

/** Terraform alone, for commands that need no local cloud. */
export function requireTerraform(machine: Pick<Machine, "platform" | "terraform">): void {
  requireTool(supportedPlatform(machine.platform), terraform, machine.terraform);
}

function supportedPlatform(platform: string): "darwin" | "linux" {
  if (platform === "darwin" || platform === "linux") return platform;
  throw new CliError(
    "PLATFORM_UNSUPPORTED",
    `Onair's local cloud runs on Linux and macOS; this is ${platform}.`,
    "It needs process groups, signals and executables that start by their first line. Nothing was started.",
    platform === "win32" ? "Use a Linux distribution under WSL 2." : "Use a Linux or macOS machine.",
  );
}

function requireTool(platform: "darwin" | "linux", requirement: Requirement, tool: Tool): void {
  const { name, minimum, install } = requirement;
  const cure = `${platform === "darwin" ? "macOS" : "Linux"}: ${install[platform]}`;
  const wanted = `${name} >= ${versionText(minimum)} is needed`;
  if (!tool.path) throw new CliError(requirement.missing, `${wanted}, none on PATH.`, "Nothing was started.", cure);
  const version = parseVersion(tool.version ?? "");
  if (!version) {
    throw new CliError(requirement.missing, `${wanted}, ${tool.path} does not run.`, "Nothing was started.", cure);
  }
  if (!isAtLeast(version, minimum)) {
    const found = `${versionText(version)} is at ${tool.path}`;
    throw new CliError(requirement.old, `${wanted}, ${found}.`, "Nothing was started.", cure);
  }
}
