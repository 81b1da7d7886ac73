import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";
import { terraformPlatform } from "#local/archive-provider/platform.ts";
import { findProviderMirrors } from "#local/terraform/mirror-search.ts";
import { emptyMachine, putPackage, putPackedPackage } from "./mirrors.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-mirrors-"));
  mkdirSync(join(folder, "home"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const find = async (environment: NodeJS.ProcessEnv = {}): Promise<string[]> =>
  (await findProviderMirrors(emptyMachine(folder, environment))).map((mirror) => mirror.folder);

describe("the search for provider mirrors", () => {
  test("finds none on an empty machine", async () => {
    expect(await find()).toEqual([]);
  });

  test("finds them in the order of how deliberate they are", async () => {
    const chosen = putPackage(join(folder, "chosen"), "aws", "5.100.0");
    const configured = putPackage(join(folder, "configured"), "aws", "5.100.0");
    const ownConfiguration = putPackage(join(folder, "own"), "aws", "5.100.0");
    const implied = putPackage(join(folder, "home/.terraform.d/plugins"), "aws", "5.100.0");
    const child = putPackage(join(folder, "root/some-name"), "aws", "5.100.0");
    const homeChild = putPackage(join(folder, "home/mirror"), "aws", "5.100.0");
    writeFileSync(join(folder, "cli.tfrc"), `provider_installation {\nfilesystem_mirror { path = "${configured}" }\n}`);
    writeFileSync(
      join(folder, "home/.terraformrc"),
      `provider_installation {\nfilesystem_mirror { path = "${ownConfiguration}" }\n}`,
    );
    expect(await find({ ONAIR_PROVIDER_MIRROR: chosen, TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc") })).toEqual([
      chosen,
      configured,
      ownConfiguration,
      implied,
      child,
      homeChild,
    ]);
  });

  test.runIf(process.platform === "linux")("looks into the XDG data folders", async () => {
    const own = putPackage(join(folder, "xdg-home/terraform/plugins"), "aws", "5.100.0");
    const shared = putPackage(join(folder, "xdg/terraform/plugins"), "aws", "5.100.0");
    expect(await find()).toEqual([own, shared]);
  });

  test("looks into macOS' application support on macOS", async () => {
    const path = join(folder, "home/Library/Application Support/io.terraform/plugins");
    const package_ = join(path, "registry.terraform.io/hashicorp/aws/5.100.0", terraformPlatform("darwin"));
    mkdirSync(package_, { recursive: true });
    writeFileSync(join(package_, "terraform-provider-aws_v5.100.0_x5"), "");
    const found = await findProviderMirrors({ ...emptyMachine(folder), system: "darwin" });
    expect(found.map((mirror) => mirror.folder)).toEqual([path]);
  });

  test("reads packed and unpacked packages, and links to a mirror", async () => {
    const mirror = putPackage(join(folder, "elsewhere"), "aws", "5.99.0");
    putPackedPackage(mirror, "aws", "5.100.0");
    putPackedPackage(mirror, "archive", "2.7.1");
    mkdirSync(join(folder, "root"));
    symlinkSync(mirror, join(folder, "root/link"));
    expect(await findProviderMirrors(emptyMachine(folder))).toEqual([
      { folder: join(folder, "root/link"), aws: expect.arrayContaining(["5.100.0", "5.99.0"]), archive: ["2.7.1"] },
    ]);
  });

  test("passes over packages for another platform, empty folders and files with similar names", async () => {
    const home = join(folder, "root/mirror/registry.terraform.io/hashicorp/aws");
    mkdirSync(join(home, "5.100.0/plan9_mips"), { recursive: true });
    writeFileSync(join(home, "5.100.0/plan9_mips/terraform-provider-aws_v5.100.0"), "");
    mkdirSync(join(home, "5.101.0", terraformPlatform()), { recursive: true });
    writeFileSync(join(home, "terraform-provider-aws_5.100.0_plan9_mips.zip"), "");
    expect(await find()).toEqual([]);
  });

  test("never takes the stand-in for the real provider", async () => {
    const standIn = join(folder, "root/plugins");
    await installArchiveStandIn(standIn);
    expect(await find()).toEqual([]);
    putPackage(standIn, "archive", "2.8.0");
    expect((await findProviderMirrors(emptyMachine(folder)))[0]?.archive).toEqual(["2.8.0"]);
  });

  test("refuses a chosen folder that is no mirror", async () => {
    await expect(find({ ONAIR_PROVIDER_MIRROR: join(folder, "home") })).rejects.toThrow(
      `ONAIR_PROVIDER_MIRROR is "${join(folder, "home")}", which holds neither hashicorp/aws nor hashicorp/archive ` +
        `for ${terraformPlatform()}. Set it to a folder made by \`terraform providers mirror\`.`,
    );
  });
});
