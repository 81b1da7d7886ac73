import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cloudEnvironment, environmentText } from "#local/environment.ts";

const environment = cloudEnvironment("http://127.0.0.1:4566", "us-east-1", "000000000000", "secret");

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-env-"));
  file = join(folder, "cloud.env");
});
afterEach(() => rmSync(folder, { recursive: true }));

const SHOW = "process.stdout.write(JSON.stringify(process.env))";

/** What a program finds in its environment, without what is there in any case. */
const shown = (command: string, args: readonly string[], before: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), ...before };
  const found = JSON.parse(execFileSync(command, args, { env, encoding: "utf8" })) as NodeJS.ProcessEnv;
  return Object.fromEntries(
    Object.entries(found).filter(
      ([name]) => !["PATH", "PWD", "SHLVL", "_", "OLDPWD", "__CF_USER_TEXT_ENCODING"].includes(name),
    ),
  );
};

const readByNode = (before: NodeJS.ProcessEnv) => shown(process.execPath, [`--env-file=${file}`, "-e", SHOW], before);
const readByShell = (before: NodeJS.ProcessEnv) =>
  shown("sh", ["-euc", `set -a; . "$0"; set +a; exec node -e '${SHOW}'`, file], before);

describe("cloud.env", () => {
  it("leads every SDK and Terraform here, and to no real credentials", () => {
    expect(environment).toEqual({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "000000000000",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false",
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    });
  });

  it("is read alike by Node and by a shell, whatever the folder is called", () => {
    const variables = { ...environment, TF_CLI_CONFIG_FILE: "/tmp/ana b/$x #1/cli.tfrc", EMPTY: "" };
    writeFileSync(file, environmentText(variables));
    expect(parseEnv(environmentText(variables))).toEqual(variables);
    expect(readByNode({})).toEqual(variables);
    expect(readByShell({})).toEqual(variables);
  });

  it("leaves nothing in a shell that could lead its tools to AWS or make them fail", () => {
    writeFileSync(file, environmentText(environment));
    const shells = {
      AWS_ENDPOINT_URL: "https://amazon.invalid",
      AWS_ENDPOINT_URL_S3: "https://s3.amazon.invalid",
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "https://cognito.amazon.invalid",
      AWS_STS_ENDPOINT: "https://sts.amazon.invalid",
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_PROFILE: "production",
      AWS_DEFAULT_PROFILE: "production",
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SESSION_TOKEN: "token",
    };
    expect(readByShell(shells)).toEqual(environment);
  });
});
