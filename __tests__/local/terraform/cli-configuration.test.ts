import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CliConfiguration,
  type CliConfigurationOptions,
  writeCliConfiguration,
} from "#local/terraform/cli-configuration.ts";
import { emptyMachine, putPackage } from "./mirrors.ts";

const registry = createServer((_request, response) => response.end('{"providers.v1":"/v1/providers/"}'));
const OFFLINE = "http://127.0.0.1:1/";

let folder: string;
let online: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onair-cli-"));
  mkdirSync(join(folder, "home"));
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  online = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});
afterEach(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

const write = (options: Partial<CliConfigurationOptions>): Promise<CliConfiguration> =>
  writeCliConfiguration({ folder: join(folder, ".onair"), places: emptyMachine(folder), ...options });

const textOf = ({ path }: CliConfiguration): string => readFileSync(path, "utf8");

const ALWAYS = { CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1", CHECKPOINT_DISABLE: "1" };

describe("the Terraform CLI configuration of the local cloud", () => {
  test("takes both providers from the registry where no mirror has them", async () => {
    const result = await write({ discoveryUrl: online });
    expect(result.providers).toEqual({ aws: "registry", archive: "registry" });
    expect(result.path).toBe(join(folder, ".onair/terraform/cli.tfrc"));
    expect(result.environment).toEqual({ ...ALWAYS, TF_CLI_CONFIG_FILE: result.path });
    expect(textOf(result)).toContain('direct {\n    include = ["registry.terraform.io/hashicorp/aws"]');
    expect(textOf(result)).toContain('direct {\n    include = ["registry.terraform.io/hashicorp/archive"]');
  });

  test.each([
    ["a mirror", "mirror", OFFLINE],
    ["the registry", "registry", "online"],
  ])("neither allows nor names the stand-in where %s has archive", async (_place, source, address) => {
    const mirror = putPackage(join(folder, "root/mirror"), "aws", "5.100.0");
    if (source === "mirror") putPackage(mirror, "archive", "2.7.1");
    const result = await write({ discoveryUrl: address === "online" ? online : address });
    expect(result.providers).toEqual({ aws: "mirror", archive: source });
    expect(result.environment).not.toHaveProperty("ONAIR_ARCHIVE_STANDIN");
    expect(textOf(result)).not.toContain(join(".onair", "terraform", "plugins"));
    expect(readdirSync(join(folder, ".onair/terraform"))).not.toContain("plugins");
  });

  test("names the stand-in, allows it and switches plugin caches off where neither has archive", async () => {
    const mirror = putPackage(join(folder, "root/mirror"), "aws", "5.100.0");
    const result = await write({ discoveryUrl: OFFLINE });
    const plugins = join(folder, ".onair/terraform/plugins");
    expect(result.providers).toEqual({ aws: "mirror", archive: "stand-in" });
    expect(result.environment).toEqual({
      ...ALWAYS,
      TF_CLI_CONFIG_FILE: result.path,
      ONAIR_ARCHIVE_STANDIN: "allow",
      TF_PLUGIN_CACHE_DIR: "",
    });
    expect(textOf(result)).toContain(`path    = "${mirror}"\n    include = ["registry.terraform.io/hashicorp/aws"]`);
    expect(textOf(result)).toContain(
      `path    = "${plugins}"\n    include = ["registry.terraform.io/hashicorp/archive"]`,
    );
    expect(textOf(result)).not.toContain("direct");
  });

  test("does not take its own stand-in for a mirror when its own environment is inherited", async () => {
    putPackage(join(folder, "root/mirror"), "aws", "5.100.0");
    const first = await write({ discoveryUrl: OFFLINE });
    const second = await write({ discoveryUrl: OFFLINE, places: emptyMachine(folder, { ...first.environment }) });
    expect(second).toEqual(first);
  });

  test("passes over a mirror whose versions do not fit", async () => {
    putPackage(join(folder, "root/mirror"), "aws", "4.67.0");
    expect((await write({ discoveryUrl: online })).providers.aws).toBe("registry");
    putPackage(join(folder, "root/mirror"), "aws", "6.25.0");
    const wide = await write({ discoveryUrl: OFFLINE, constraints: { aws: ">= 5.100.0, < 7.0.0" } });
    expect(wide.providers.aws).toBe("mirror");
  });

  test("asks a registry that was away again where aws is in no mirror", async () => {
    await expect(write({ discoveryUrl: OFFLINE })).rejects.toMatchObject({ code: "PROVIDER_MISSING" });
    expect((await write({ discoveryUrl: online })).providers.aws).toBe("registry");
  });

  test("says what is missing and the one cure where aws can be had nowhere", async () => {
    putPackage(join(folder, "root/mirror"), "aws", "4.67.0");
    await expect(write({ discoveryUrl: OFFLINE })).rejects.toThrow(
      "hashicorp/aws ~> 5.100 is in no Terraform mirror on this machine (found only 4.67.0), and the Terraform registry did not " +
        "answer within 3 seconds. Set ONAIR_PROVIDER_MIRROR to a folder that holds it, made by `terraform providers mirror`.",
    );
  });

  test("says that node must be on PATH for the stand-in", async () => {
    putPackage(join(folder, "root/mirror"), "aws", "5.100.0");
    const places = emptyMachine(folder, { PATH: join(folder, "home") });
    await expect(write({ discoveryUrl: OFFLINE, places })).rejects.toThrow(
      "Terraform starts the archive provider's stand-in through `node`, which is not on PATH. Add Node's folder to PATH.",
    );
  });

  test("leaves nothing else beside it", async () => {
    putPackage(join(folder, "root/mirror"), "aws", "5.100.0");
    await write({ discoveryUrl: OFFLINE });
    expect(readdirSync(join(folder, ".onair/terraform")).sort()).toEqual(["cli.tfrc", "plugins", "registry.json"]);
  });
});
