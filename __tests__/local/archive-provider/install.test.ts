import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";
import { terraformPlatform } from "#local/archive-provider/platform.ts";

let home: string;
let mirror: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "onair-install-"));
  mirror = join(home, "plugins");
});
afterEach(() => rmSync(home, { recursive: true }));

describe("installing the stand-in", () => {
  test("lays it out as a Terraform mirror, under the official executable's name", async () => {
    const path = await installArchiveStandIn(mirror);
    const folder = join(mirror, "registry.terraform.io/hashicorp/archive/2.7.1", terraformPlatform());
    expect(path).toBe(join(folder, "terraform-provider-archive_v2.7.1_x5"));
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(readFileSync(path, "utf8").split("\n", 1)).toEqual(["#!/usr/bin/env node"]);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toMatchObject({ type: "commonjs" });
  });

  test("gives the same bytes in another folder", async () => {
    const [one, other] = [await installArchiveStandIn(mirror), await installArchiveStandIn(join(home, "other"))];
    expect(readFileSync(one)).toEqual(readFileSync(other));
  });

  test("leaves an equal package untouched", async () => {
    const path = await installArchiveStandIn(mirror);
    const { ino } = statSync(path);
    await installArchiveStandIn(mirror);
    expect(statSync(path).ino).toBe(ino);
  });

  test("replaces one that differs, whole", async () => {
    const path = await installArchiveStandIn(mirror);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, 100));
    writeFileSync(join(dirname(path), "stray"), "");
    await installArchiveStandIn(mirror);
    expect(readFileSync(path)).toEqual(whole);
    expect(readdirSync(dirname(path)).sort()).toEqual(["package.json", "terraform-provider-archive_v2.7.1_x5"]);
  });

  test("may happen several times at once", async () => {
    for (const round of ["one", "another", "a third"]) {
      const folder = join(home, round, "plugins");
      const paths = await Promise.all(Array.from({ length: 8 }, () => installArchiveStandIn(folder)));
      expect(new Set(paths).size).toBe(1);
      expect(readFileSync(paths[0] ?? "", "utf8")).toMatch(/^#!/);
      expect(readdirSync(join(home, round))).toEqual(["plugins"]);
    }
  });

  test("clears away what a killed install has left, and nothing of a running one", async () => {
    const gone = 2 ** 22 + 1;
    mkdirSync(join(home, `plugins.installing-${gone}-1/new`), { recursive: true });
    mkdirSync(join(home, `plugins.installing-${process.ppid}-1/new`), { recursive: true });
    await installArchiveStandIn(mirror);
    expect(readdirSync(home).sort()).toEqual(["plugins", `plugins.installing-${process.ppid}-1`]);
  });
});
