import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linkTree } from "../generations/files.ts";
import { emulatorFolders } from "./environment.ts";

/** Where a saved generation keeps what ministack loads at its start. */
export interface SavedEmulator {
  readonly state: string;
  readonly objects: string;
}

/**
 * Puts a saved emulator where ministack looks for it. What an earlier run left in its folder is removed: it was being
 * written when that run ended, so nothing in it can be trusted.
 */
export const layOut = async (folder: string, saved: SavedEmulator | undefined): Promise<void> => {
  const { state, objects } = emulatorFolders(folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // ministack writes its worker for Node below here as CommonJS; the package.json of a project around says otherwise.
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  if (saved === undefined) return;
  // Copied, not linked: a service may write into a file that it finds there.
  await cp(saved.state, state, { recursive: true });
  await linkTree(saved.objects, objects);
};
