import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { walk } from "./files.ts";

/** Grows when an older Onair could not read what is written. */
export const FORMAT = 1;

export const MANIFEST = "manifest.json";
/** The S3 objects' folder inside a generation; told by count and size, all else by hash. */
export const OBJECTS = join("ministack", "s3");
/** What ministack loads at its start. */
export const STATE = join("ministack", "state");
/** Our engines' state, one file each. */
export const ENGINES = "engines";

/** What a complete generation holds; written last, so that there is none in a generation that is not complete. */
export interface Manifest {
  readonly format: number;
  readonly number: number;
  readonly savedAt: string;
  /** The edge's, which stands in addresses. @default not said by an older Onair */
  readonly port?: number;
  readonly files: Readonly<Record<string, string>>;
  readonly objects: { readonly count: number; readonly bytes: number };
  /** Services of the emulator whose state could not be written, with the reason and what is in its place. */
  readonly failed: Readonly<Record<string, string>>;
}

const isObject = (path: string): boolean => path.startsWith(`${OBJECTS}/`);

/** Reads what is in a generation's folder: the hash of each file, the sum of the objects. */
export const describe = async (folder: string): Promise<Pick<Manifest, "files" | "objects">> => {
  const { files } = await walk(folder);
  const hashes: Record<string, string> = {};
  const objects = { count: 0, bytes: 0 };
  for (const { path, bytes } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (path === MANIFEST) continue;
    if (isObject(path)) {
      objects.count += 1;
      objects.bytes += bytes;
    } else {
      hashes[path] = createHash("sha256")
        .update(await readFile(join(folder, path)))
        .digest("hex");
    }
  }
  return { files: hashes, objects };
};

export const readManifest = async (folder: string): Promise<Manifest | undefined> => {
  try {
    return JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
};

/** Why a generation cannot be used, or undefined when it is whole. */
export const problemOf = async (folder: string): Promise<string | undefined> => {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return "its manifest cannot be read";
  if (manifest.format > FORMAT) {
    return `a newer Onair wrote it (format ${manifest.format}, this one reads up to ${FORMAT})`;
  }
  const found = await describe(folder);
  for (const [path, hash] of Object.entries(manifest.files)) {
    if (found.files[path] === undefined) return `${path} is missing`;
    if (found.files[path] !== hash) return `${path} is damaged`;
  }
  const { count, bytes } = manifest.objects;
  if (found.objects.count !== count || found.objects.bytes !== bytes) {
    return `its S3 data is damaged (${found.objects.count} files, ${found.objects.bytes} bytes; saved were ${count}, ${bytes})`;
  }
  return undefined;
};
