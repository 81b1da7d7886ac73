import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { createTerminal } from "../terminal/terminal.ts";
import { differences } from "./compare.ts";
import { nodeOptions, secondHome } from "./second-home.ts";

/** The community's fork, in the release that was compared: `npm:` puts it in the place of the other. */
const FORK = "npm:cdktn@0.24.0";
const PACKAGE = "cdktf";
const again = "npm run exit-door";

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
const folder = mkdtempSync(join(tmpdir(), "onair-exit-door-"));
try {
  process.exitCode = compareBoth();
} catch (thrown) {
  process.exitCode = terminal.fail(thrown);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Synthesizes every environment by both libraries, roles for delivery included, and says what differs. Returns the exit code. */
function compareBoth(): number {
  const settings = JSON.parse(readFileSync(join(projectRoot, "cdktf.json"), "utf8"));
  const environments: Record<string, object> = settings.context.environments;
  for (const [name, given] of Object.entries(environments)) {
    environments[name] = { delivery: { repository: "example/onair" }, ...given };
  }
  const original = makeHome("now", join(projectRoot, "node_modules", PACKAGE), settings);
  const fork = makeHome("then", installFork(), settings);
  const found = Object.keys(environments).flatMap((environment) => {
    const [one, other] = [original, fork].map((home) => synthesize(home, environment)) as [string, string];
    return differences(one, other).map((line) => `${environment}: ${line}`);
  });
  for (const line of found) terminal.answer(line);
  const names = Object.keys(environments).join(", ");
  if (found.length === 0) terminal.answer(`The stacks of ${names} are the same under ${FORK.slice("npm:".length)}.`);
  return found.length === 0 ? 0 : 1;
}

function installFork(): string {
  const home = join(folder, "fork");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), JSON.stringify({ private: true }));
  cpSync(join(projectRoot, ".npmrc"), join(home, ".npmrc"));
  // Its own wish for an older `constructs` is not met: there is one, the project's.
  const args = ["install", "--ignore-scripts", "--legacy-peer-deps", `${PACKAGE}@${FORK}`];
  must("INSTALL_FAILED", `${FORK} could not be installed.`, "npm", args, home);
  return join(home, "node_modules", PACKAGE);
}

function makeHome(name: string, replacement: string, settings: object): string {
  const home = join(folder, name);
  secondHome(projectRoot, home, PACKAGE, replacement);
  writeFileSync(join(home, "cdktf.json"), JSON.stringify(settings));
  return home;
}

function synthesize(home: string, environment: string): string {
  const output = join(home, `cdktf.out-${environment}`);
  const variables = { ONAIR_ENV: environment, CDKTF_OUTDIR: output };
  const args = [...nodeOptions, "--import", "tsx", "main.ts"];
  must("SYNTH_FAILED", "The stacks could not be synthesized.", process.execPath, args, home, variables);
  return output;
}

function must(
  code: "INSTALL_FAILED" | "SYNTH_FAILED",
  what: string,
  command: string,
  args: readonly string[],
  cwd: string,
  variables: NodeJS.ProcessEnv = {},
): void {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...variables },
  });
  if (status !== 0) throw new CliError(code, what, error?.message ?? stderr, `Again: ${again}`);
}
