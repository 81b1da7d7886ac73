import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeCliConfiguration } from "#local/terraform/cli-configuration.ts";

const run = promisify(execFile);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-init-"));
  mkdirSync(join(folder, "stack"));
  mkdirSync(join(folder, "cache"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("terraform init in the local cloud", () => {
  test("finds both providers, with no other network use than the configuration says and no plugin cache", async () => {
    const { environment, providers } = await writeCliConfiguration({ folder: join(folder, ".onair") });
    writeFileSync(
      join(folder, "stack/main.tf.json"),
      JSON.stringify({
        terraform: {
          required_providers: {
            aws: { source: "hashicorp/aws", version: "~> 5.100" },
            archive: { source: "hashicorp/archive", version: "~> 2.7" },
          },
        },
        provider: { aws: { region: "eu-west-1" } },
        data: {
          archive_file: {
            handler: {
              type: "zip",
              output_path: "handler.zip",
              source_content: "export {};",
              source_content_filename: "index.mjs",
            },
          },
        },
        resource: { aws_sqs_queue: { queue: { name: "${data.archive_file.handler.output_md5}" } } },
      }),
    );
    const isOffline = providers.aws !== "registry" && providers.archive !== "registry";
    const terraform = (...args: string[]): Promise<{ stdout: string }> =>
      run("terraform", [...args, "-no-color"], {
        cwd: join(folder, "stack"),
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          TF_PLUGIN_CACHE_DIR: join(folder, "cache"),
          // Nothing listens there: whoever asks the network fails.
          ...(isOffline && { HTTPS_PROXY: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" }),
          ...environment,
        },
      });

    const init = await terraform("init");
    expect(init.stdout).toMatch(/Installed hashicorp\/aws v5\.\d+/);
    expect(init.stdout).toMatch(/Installed hashicorp\/archive v2\.\d+/);
    expect((await terraform("validate")).stdout).toContain("The configuration is valid.");
    if (providers.archive === "stand-in") expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });
});
