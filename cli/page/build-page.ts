import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";
import { hashSources } from "./hash-sources.ts";

export interface BuiltPage {
  /** Where its files are. */
  readonly folder: string;
  /** False where the one of an earlier run was still right. */
  readonly isNew: boolean;
}

/**
 * Builds the page into `.onair/web`, unless it stands there already, built from the same sources with the same packages.
 * Takes about two seconds.
 *
 * @throws the error of Vite, which names the file
 */
export async function buildPage(project: Project): Promise<BuiltPage> {
  const root = join(project.root, "web");
  const home = join(project.folder, "web");
  const hash = hashSources([root, join(project.root, "package-lock.json"), import.meta.filename]);
  const folder = join(home, hash);
  if (existsSync(join(folder, "index.html"))) return { folder, isNew: false };

  mkdirSync(home, { recursive: true });
  // Renamed when whole: a run that is killed leaves nothing that is taken for a page.
  const beside = join(home, `${hash}.${process.pid}`);
  await build(root, beside);
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
  for (const name of readdirSync(home)) if (name !== hash) rmSync(join(home, name), { recursive: true, force: true });
  return { folder, isNew: true };
}

async function build(root: string, outDir: string): Promise<void> {
  // A second of loading that is spared when there is nothing to build.
  const vite = await import("vite");
  await vite.build({
    root,
    configFile: false,
    envFile: false,
    logLevel: "silent",
    mode: "production",
    build: {
      outDir,
      emptyOutDir: true,
      // Everything is a file of its own: the page's rules for browsers allow no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The official player is large by itself.
      chunkSizeWarningLimit: 2000,
    },
  });
}
