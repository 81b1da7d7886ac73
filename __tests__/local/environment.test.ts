import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { cloudEnvironment, environmentText } from "#local/environment.ts";

const environment = cloudEnvironment("http://127.0.0.1:4566", "us-east-1", "000000000000", "secret");

describe("cloud.env", () => {
  it("leads every SDK and Terraform here, and to no real credentials", () => {
    expect(environment).toEqual({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "000000000000",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    });
  });

  it("is read alike by Node and by a shell, whatever the folder is called", () => {
    const variables = { ...environment, TF_CLI_CONFIG_FILE: "/home/ana b/$x #1/cli.tfrc", EMPTY: "" };
    const text = environmentText(variables);
    expect(parseEnv(text)).toEqual(variables);

    const folder = mkdtempSync(join(tmpdir(), "onair-env-"));
    const file = join(folder, "cloud.env");
    writeFileSync(file, text);
    const shown = execFileSync("sh", ["-c", 'set -a; . "$0"; printf %s "$TF_CLI_CONFIG_FILE"', file], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(shown).toBe(variables.TF_CLI_CONFIG_FILE);
  });
});
