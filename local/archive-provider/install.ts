import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { isAlive } from "../lock.ts";
import { terraformPlatform } from "./platform.ts";

/** The version of hashicorp/archive that the stand-in stands for. */
const STAND_IN_VERSION = "2.7.1";

/** The `name` in the package.json beside the executable: how a mirror search tells the stand-in from the real provider. */
export const STAND_IN_PACKAGE_NAME = "onair-archive-stand-in";

/** Named like the official one, so that a real install overwrites it and never lies beside it. */
const EXECUTABLE = `terraform-provider-archive_v${STAND_IN_VERSION}_x5`;

/** Without a package.json of its own, one with `"type": "module"` further up would break the bundle. */
const PACKAGE_JSON = `${JSON.stringify({ name: STAND_IN_PACKAGE_NAME, private: true, type: "commonjs" })}\n`;

const bundle = async (): Promise<Uint8Array> => {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("./main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "silent",
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error("esbuild gave no output for the archive stand-in");
  return output.contents;
};

const isInstalled = async (folder: string, executable: Uint8Array): Promise<boolean> => {
  try {
    const path = join(folder, EXECUTABLE);
    const [found, packageJson, { mode }] = await Promise.all([
      readFile(path),
      readFile(join(folder, "package.json"), "utf8"),
      stat(path),
    ]);
    return found.equals(executable) && packageJson === PACKAGE_JSON && (mode & 0o111) === 0o111;
  } catch {
    return false;
  }
};

/** Removes what killed installs have left beside the mirror. */
const removeLeftovers = async (folder: string): Promise<void> => {
  const prefix = `${basename(folder)}.installing-`;
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
};

/** How often others may be in the way of one. */
const mostAttempts = 20;

/**
 * Puts `new` of the workshop in the place of a folder. Others may be doing the same at any step: what they have put there is
 * as good, and where they have just taken the old one away, it is tried again.
 */
const replaceFolder = async (target: string, workshop: string, isDone: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(target, join(workshop, `old-${attempt}`)).catch(() => {});
      return await rename(join(workshop, "new"), target);
    } catch (error) {
      if (await isDone()) return;
      if (attempt === mostAttempts) throw error;
    }
  }
};

let installs = 0;

/**
 * Puts the stand-in into a folder laid out as a Terraform filesystem mirror, for this machine's platform, and answers the path of its executable.
 * It is written beside the folder and renamed into place, so a killed install leaves either the old package or none; an equal one is left untouched.
 */
export const installArchiveStandIn = async (folder: string): Promise<string> => {
  const home = join(folder, "registry.terraform.io", "hashicorp", "archive", STAND_IN_VERSION);
  const target = join(home, terraformPlatform());
  const executable = await bundle();
  await mkdir(home, { recursive: true });
  await removeLeftovers(folder);
  if (await isInstalled(target, executable)) return join(target, EXECUTABLE);

  installs += 1;
  const workshop = `${folder}.installing-${process.pid}-${installs}`;
  try {
    await mkdir(join(workshop, "new"), { recursive: true });
    await writeFile(join(workshop, "new", EXECUTABLE), executable);
    await chmod(join(workshop, "new", EXECUTABLE), 0o755);
    await writeFile(join(workshop, "new", "package.json"), PACKAGE_JSON);
    await replaceFolder(target, workshop, () => isInstalled(target, executable));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return join(target, EXECUTABLE);
};
