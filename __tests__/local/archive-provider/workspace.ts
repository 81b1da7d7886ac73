import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";
import { cliConfigurationText } from "#local/terraform/cli-configuration-text.ts";

/** What a finished Terraform said. */
interface Run {
  readonly code: number | null;
  /** Standard output and standard error, with line breaks and runs of spaces made one space. */
  readonly text: string;
}

export interface Workspace {
  /** Terraform's working folder. */
  readonly folder: string;
  /** The mirror with the stand-in. */
  readonly mirror: string;
  /** Writes files into the working folder. */
  put(files: Readonly<Record<string, string>>): void;
  /** Writes the configuration: required_providers, and what is given as Terraform JSON. */
  configure(blocks: object, archiveVersion?: string): void;
  read(path: string): Buffer;
  /** Starts Terraform and leaves it running. */
  start(args: readonly string[], environment?: NodeJS.ProcessEnv): ChildProcess;
  /** Runs Terraform to its end. The stand-in is allowed unless the environment says otherwise. */
  run(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Run>;
  remove(): void;
}

/** A folder of its own for Terraform, under a package.json that makes every script below it an ES module. */
export const makeWorkspace = async (): Promise<Workspace> => {
  const home = mkdtempSync(join(tmpdir(), "onair-archive-"));
  const [folder, mirror, settings] = [join(home, "work"), join(home, "plugins"), join(home, "cli.tfrc")];
  mkdirSync(folder);
  writeFileSync(join(home, "package.json"), '{"type":"module"}');
  await installArchiveStandIn(mirror);
  writeFileSync(settings, cliConfigurationText([{ address: "registry.terraform.io/hashicorp/archive", mirror }]));

  const put = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const start = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn("terraform", args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: home,
        TF_CLI_CONFIG_FILE: settings,
        TF_IN_AUTOMATION: "1",
        TF_CLI_ARGS: "-no-color",
        ONAIR_ARCHIVE_STANDIN: "allow",
        ...environment,
      },
    });
  return {
    folder,
    mirror,
    put,
    configure: (blocks, version = "~> 2.7") =>
      put({
        "main.tf.json": JSON.stringify({
          terraform: { required_providers: { archive: { source: "hashicorp/archive", version } } },
          ...blocks,
        }),
      }),
    read: (path) => readFileSync(join(folder, path)),
    start,
    run: (args, environment) =>
      new Promise((resolve, reject) => {
        const terraform = start(args, environment);
        let output = "";
        for (const stream of [terraform.stdout, terraform.stderr]) {
          stream?.on("data", (chunk) => {
            output += chunk;
          });
        }
        terraform.on("error", reject);
        terraform.on("close", (code) => resolve({ code, text: output.replace(/\s+/g, " ") }));
      }),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
};
