import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";
import { terraformPlatform } from "#local/archive-provider/platform.ts";
import { writeZip } from "#local/archive-provider/zip.ts";
import { makeWorkspace, type Workspace } from "./workspace.ts";

let workspace: Workspace;

beforeEach(async () => {
  workspace = await makeWorkspace();
  workspace.configure({});
});
afterEach(() => workspace.remove());

const lock = (): string => workspace.read(".terraform.lock.hcl").toString();

const hashes = (): string[] => lock().match(/"(h1|zh):[^"]+"/g) ?? [];

/** A lock as another package of that version would leave it. */
const putForeignLock = (version: string): string => {
  const text = `provider "registry.terraform.io/hashicorp/archive" {
  version     = "${version}"
  constraints = "~> 2.7"
  hashes = [
    "h1:${Buffer.alloc(32, 7).toString("base64")}",
    "zh:${"07".repeat(32)}",
  ]
}
`;
  workspace.put({ ".terraform.lock.hcl": text });
  return text;
};

describe("the lock file of a folder that uses the stand-in", () => {
  test("holds one checksum, the same from an unpacked and a packed mirror", async () => {
    expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
    const [unpacked, ...others] = hashes();
    expect(unpacked).toMatch(/^"h1:/);
    expect(others).toEqual([]);

    const folder = dirname(await installArchiveStandIn(workspace.mirror));
    const entries = readdirSync(folder).map((name) => ({
      name,
      content: readFileSync(join(folder, name)),
      mode: 0o100755,
    }));
    const home = join(workspace.mirror, "registry.terraform.io/hashicorp/archive");
    rmSync(workspace.mirror, { recursive: true });
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, `terraform-provider-archive_2.7.1_${terraformPlatform()}.zip`), writeZip(entries));
    rmSync(join(workspace.folder, ".terraform"), { recursive: true });
    rmSync(join(workspace.folder, ".terraform.lock.hcl"));
    expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
    expect(hashes()).toEqual([unpacked]);
  });

  test.each([[["init"]], [["init", "-upgrade"]]])("keeps the real provider's checksums: %j fails", async (args) => {
    const text = putForeignLock("2.7.1");
    const init = await workspace.run(args);
    expect(init.code).toBe(1);
    expect(init.text).toContain("doesn't match any of the checksums previously recorded in the dependency lock file");
    expect(lock()).toBe(text);
    expect((await workspace.run(["plan"])).code).toBe(1);
  });

  test("of another version makes init fail, and is rewritten by init -upgrade", async () => {
    putForeignLock("2.7.0");
    expect((await workspace.run(["init"])).code).toBe(1);
    expect(await workspace.run(["init", "-upgrade"])).toMatchObject({ code: 0 });
    expect(lock()).toContain('version     = "2.7.1"');
  });

  test("must be deleted when the stand-in was rebuilt", async () => {
    expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
    appendFileSync(await installArchiveStandIn(workspace.mirror), "\n");
    rmSync(join(workspace.folder, ".terraform"), { recursive: true });
    expect((await workspace.run(["init"])).code).toBe(1);
    rmSync(join(workspace.folder, ".terraform.lock.hcl"));
    expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
  });
});
