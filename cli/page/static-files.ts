import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** A file of the page, as it is sent. */
export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  readonly cacheControl: string;
}

/** The page's files by their path in an address. */
export type StaticFiles = (path: string) => StaticFile | undefined;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Vite names what is in here by its content. */
const named = "/assets/";

/**
 * Reads a built page into memory: three megabytes, and no path in an address can lead anywhere else. An address without a
 * file's ending is one of the page's own, for example a channel's, and means the page.
 */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    files.set(path, {
      body: readFileSync(file),
      type: types[extname(path)] ?? "application/octet-stream",
      cacheControl: path.startsWith(named) ? "public, max-age=31536000, immutable" : "no-cache",
    });
  }
  return (path) => files.get(path) ?? (extname(path) === "" ? files.get("/index.html") : undefined);
}
