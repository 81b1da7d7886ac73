import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { matcher, PatternError } from "./globs.ts";

export interface WalkOptions {
  /** Patterns of what to leave out, see {@link matcher}. */
  readonly excludes: readonly string[];
  /** Leaves out symbolic links to folders instead of following them. */
  readonly excludeSymlinkDirectories: boolean;
}

/** A file that belongs into the archive. */
export interface FoundFile {
  /** Where it is on disk. */
  readonly path: string;
  /** Its path relative to the folder. */
  readonly archivePath: string;
  /** Of the file itself, also where the path is a symbolic link. */
  readonly stats: Stats;
}

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

const excludeTest = (patterns: readonly string[]): ((path: string) => boolean) => {
  try {
    return matcher(patterns);
  } catch (error) {
    if (error instanceof PatternError) throw new Error(`error checking excludes matches: ${error.message}`);
    throw error;
  }
};

/**
 * All files under a folder, depth first, each folder in the byte order of its names. Links to files are read through;
 * links to folders are followed unless excluded.
 * @throws {Error} for links that lead in a circle, and for sockets, pipes and devices, which would never end.
 */
export const filesUnder = (folder: string, options: WalkOptions): readonly FoundFile[] => {
  const isExcluded = excludeTest(options.excludes);
  const found: FoundFile[] = [];

  /** Answers false where the rest of the containing folder must be left out. */
  const visit = (path: string, archivePath: string, above: readonly string[]): boolean => {
    const stats = lstatSync(path);
    if (isExcluded(archivePath)) return true;
    if (stats.isDirectory()) {
      const real = realpathSync(path);
      if (above.includes(real))
        throw new Error(`a symbolic link leads back to a folder that contains it: ${archivePath}`);
      for (const name of readdirSync(path).sort(byBytes)) {
        if (!visit(join(path, name), join(archivePath, name), [...above, real])) break;
      }
      return true;
    }
    const target = stats.isSymbolicLink() ? statSync(path) : stats;
    if (target.isDirectory()) {
      // The real provider ends the containing folder here: Go's walk reads "skip this directory" for a link as that.
      return !options.excludeSymlinkDirectories && visit(realpathSync(path), archivePath, above);
    }
    if (!target.isFile()) throw new Error(`only files and folders can be archived: ${archivePath}`);
    found.push({ path, archivePath, stats: target });
    return true;
  };

  visit(folder, ".", []);
  return found;
};
