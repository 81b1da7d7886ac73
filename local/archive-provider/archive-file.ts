import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DiagnosticError } from "./diagnostics.ts";
import { isObject, type TerraformObject } from "./dynamic-value.ts";
import { parseFileMode } from "./file-mode.ts";
import { SOURCE_BLOCK } from "./schema.ts";
import { filesUnder } from "./walk.ts";
import { writeZip, type ZipEntry } from "./zip.ts";

const REGULAR_FILE = 0o100000;
const MODE_BITS = 0o7777;

const textOf = (config: TerraformObject, name: string): string => String(config[name] ?? "");

const listOf = (config: TerraformObject, name: string): readonly unknown[] => {
  const value = config[name];
  return Array.isArray(value) ? value : [];
};

const statOf = (path: string, missing: string): Stats => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new Error(`${missing}: ${path}`);
  return stats;
};

const byName = (left: ZipEntry, right: ZipEntry): number =>
  Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));

const modeOf = (config: TerraformObject, stats: Stats): number => {
  const chosen = textOf(config, "output_file_mode");
  return REGULAR_FILE + (chosen === "" ? stats.mode & MODE_BITS : parseFileMode(chosen));
};

const fromFolder = (config: TerraformObject): readonly ZipEntry[] => {
  const folder = textOf(config, "source_dir");
  if (!statOf(folder, "could not archive missing directory").isDirectory()) {
    throw new Error(`could not archive directory that is a file: ${folder}`);
  }
  const files = filesUnder(folder, {
    excludes: listOf(config, "excludes").map(String),
    excludeSymlinkDirectories: config.exclude_symlink_directories === true,
  });
  if (files.length === 0) throw new Error("archive has not been created as it would be empty");
  return files.map(({ path, archivePath, stats }) => ({
    name: archivePath,
    content: readFileSync(path),
    mode: modeOf(config, stats),
  }));
};

const fromFile = (config: TerraformObject): readonly ZipEntry[] => {
  const path = textOf(config, "source_file");
  const stats = statOf(path, "could not archive missing file");
  if (!stats.isFile()) throw new Error(`could not archive what is no file: ${path}`);
  return [{ name: basename(path), content: readFileSync(path), mode: modeOf(config, stats) }];
};

const fromContent = (config: TerraformObject): readonly ZipEntry[] => [
  { name: textOf(config, "source_content_filename"), content: Buffer.from(textOf(config, "source_content")) },
];

const fromBlocks = (config: TerraformObject): readonly ZipEntry[] => {
  const contents = new Map(
    listOf(config, SOURCE_BLOCK)
      .filter((block): block is TerraformObject => isObject(block as TerraformObject))
      .map((block) => [textOf(block, "filename"), Buffer.from(textOf(block, "content"))]),
  );
  return [...contents].map(([name, content]) => ({ name, content })).sort(byName);
};

/** How each kind of source is read, in the order in which the real provider looks for them. */
const READERS: readonly (readonly [
  attribute: string,
  failure: string,
  read: (config: TerraformObject) => readonly ZipEntry[],
])[] = [
  ["source_dir", "error archiving directory", fromFolder],
  ["source_file", "error archiving file", fromFile],
  ["source_content_filename", "error archiving content", fromContent],
  [SOURCE_BLOCK, "error archiving content", fromBlocks],
];

const buildZip = (config: TerraformObject): Buffer => {
  const type = textOf(config, "type");
  if (type === "tar.gz") throw new Error('archive type "tar.gz" is not supported by the local stand-in, only "zip"');
  if (type !== "zip") throw new Error(`archive type not supported: ${type}`);
  for (const [attribute, failure, read] of READERS) {
    if ((config[attribute] ?? null) === null) continue;
    try {
      return writeZip(read(config));
    } catch (error) {
      throw new Error(`${failure}: ${(error as Error).message}`);
    }
  }
  throw new Error("no source is given");
};

const attempt = <Result>(summary: string, failure: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw new DiagnosticError(summary, `${failure}: ${(error as Error).message}`);
  }
};

/**
 * Writes the archive that the attributes ask for to output_path, making its folder, and answers all attributes with the computed ones filled in.
 * @throws {DiagnosticError} with the real provider's words: "Output path error" or "Archive creation error".
 */
export const createArchiveFile = (config: TerraformObject): TerraformObject => {
  const path = textOf(config, "output_path");
  attempt("Output path error", "error creating output path", () => mkdirSync(dirname(path), { recursive: true }));
  const zip = attempt("Archive creation error", "error creating archive", () => {
    const built = buildZip(config);
    writeFileSync(path, built);
    return built;
  });
  const hash = (algorithm: string, encoding: "hex" | "base64"): string =>
    createHash(algorithm).update(zip).digest(encoding);
  return {
    ...config,
    id: hash("sha1", "hex"),
    output_size: zip.length,
    output_md5: hash("md5", "hex"),
    output_sha: hash("sha1", "hex"),
    output_sha256: hash("sha256", "hex"),
    output_sha512: hash("sha512", "hex"),
    output_base64sha256: hash("sha256", "base64"),
    output_base64sha512: hash("sha512", "base64"),
  };
};
