import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linkFile, sync, walk } from "./files.ts";
import { describe, FORMAT, MANIFEST, type Manifest, STATE } from "./manifest.ts";
import { KEPT_GENERATIONS, nameOf, numbersIn } from "./names.ts";

export interface GenerationWriter {
  /**
   * Writes the next generation and deletes those that are too old. A service that failed keeps its state of the
   * generation before: without one it would be restored empty, and its last good state deleted after some more saves.
   * @param capture fills an empty folder, and returns the services of the emulator that failed
   */
  write(capture: (folder: string) => Promise<Manifest["failed"]>): Promise<Manifest>;
}

const removeOld = async (folder: string): Promise<void> => {
  for (const number of numbersIn(await readdir(folder)).slice(KEPT_GENERATIONS)) {
    const doomed = join(folder, `.deleting-${nameOf(number)}`);
    await rename(join(folder, nameOf(number)), doomed);
    await rm(doomed, { recursive: true });
  }
};

/** Puts the last good state of each failed service into a generation, and says so behind the reason. */
const keepLastGood = async (
  failed: Manifest["failed"],
  before: { readonly number: number; readonly path: string },
  target: string,
): Promise<Manifest["failed"]> => {
  const said: Record<string, string> = {};
  for (const [service, reason] of Object.entries(failed)) {
    const file = join(STATE, `${service}.json`);
    said[service] = await linkFile(join(before.path, file), join(target, file)).then(
      () => `${reason}; its state of generation ${before.number} is kept`,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
        return `${reason}; there is no earlier state of it`;
      },
    );
  }
  return said;
};

const inodesIn = async (folder: string): Promise<Set<number>> =>
  new Set((await walk(folder)).files.map(({ inode }) => inode));

/**
 * Writes generations below `folder`. Each is made under another name, brought to the disk, given its manifest, and
 * renamed: whatever is killed, and whenever, every numbered folder is complete.
 * @param port the edge's, which stands in addresses
 */
export const createGenerationWriter = async (folder: string, port: number): Promise<GenerationWriter> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let number = numbersIn(await readdir(folder))[0] ?? 0;
  /** Files of the last generation, by inode: they are on the disk, and what links to them is too. */
  let synced = number === 0 ? new Set<number>() : await inodesIn(join(folder, nameOf(number)));

  const bringToDisk = async (path: string) => {
    const { files, folders } = await walk(path);
    for (const file of files) if (!synced.has(file.inode)) await sync(join(path, file.path));
    for (const inner of folders.toReversed()) await sync(join(path, inner));
    synced = new Set(files.map((file) => file.inode));
  };

  return {
    write: async (capture) => {
      const next = number + 1;
      const beside = join(folder, `.writing-${nameOf(next)}`);
      await rm(beside, { recursive: true, force: true });
      await mkdir(beside, { mode: 0o700 });
      const failed = await keepLastGood(await capture(beside), { number, path: join(folder, nameOf(number)) }, beside);
      const manifest: Manifest = {
        format: FORMAT,
        number: next,
        savedAt: new Date().toISOString(),
        port,
        ...(await describe(beside)),
        failed,
      };
      await bringToDisk(beside);
      await writeFile(join(beside, MANIFEST), JSON.stringify(manifest, null, 1), { mode: 0o600 });
      await sync(join(beside, MANIFEST));
      await sync(beside);
      await rename(beside, join(folder, nameOf(next)));
      await sync(folder);
      number = next;
      await removeOld(folder);
      return manifest;
    },
  };
};
