import { copyFile, link, mkdir, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export interface FoundFile {
  /** Relative to the folder that was walked. */
  readonly path: string;
  readonly bytes: number;
  readonly inode: number;
}

export interface Tree {
  readonly files: readonly FoundFile[];
  /** Relative; the walked folder itself is `""`, and a folder stands before what is in it. */
  readonly folders: readonly string[];
}

/** Every file and folder below `root`. */
export const walk = async (root: string): Promise<Tree> => {
  const files: FoundFile[] = [];
  const folders = [""];
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else {
        const { size, ino } = await stat(join(root, path));
        files.push({ path, bytes: size, inode: ino });
      }
    }
  }
  return { files, folders };
};

/** Waits until a file's bytes, or a folder's entries, are on the disk. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes `target` the same file as `source`, without its bytes being copied where the file system can link. */
export const linkFile = (source: string, target: string): Promise<void> =>
  link(source, target).catch(() => copyFile(source, target));

/** Makes `target` hold the same files as `source`, by {@link linkFile}. */
export const linkTree = async (source: string, target: string): Promise<void> => {
  const { files, folders } = await walk(source);
  for (const folder of folders) await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
  for (const { path } of files) await linkFile(join(source, path), join(target, path));
};
