import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** Where the project's handlers are, one folder each. */
export const HANDLERS = fileURLToPath(new URL("../../handlers", import.meta.url));

export interface BundleOptions {
  /** A folder of handlers/, for example `review-message`. */
  readonly handler: string;
  /** Values that stand in the code as constants, by name, for example `MODERATION_RULES`. @default none */
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Where handlers are. @default the project's handlers/ */
  readonly handlersFolder?: string;
}

/**
 * One handler and all that it uses, SDK clients included, as one ES module: the same bytes on every target and in every
 * folder. Throws what esbuild throws where the code does not build.
 */
export function bundleHandler({ handler, constants = {}, handlersFolder = HANDLERS }: BundleOptions): Uint8Array {
  const { outputFiles } = buildSync({
    absWorkingDir: handlersFolder,
    entryPoints: [`${handler}/handler.ts`],
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    format: "esm",
    // Local functions run on the Node of the host, which may be older than Lambda's.
    target: "node20",
    mainFields: ["module", "main"],
    define: Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)])),
    legalComments: "none",
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`${handler}: esbuild made no output`);
  return bundle.contents;
}

let scratch: string | undefined;

/** Writes a bundle into a folder of its own, which goes when the process ends; returns the folder. */
export function writeBundle(name: string, bundle: Uint8Array): string {
  if (!scratch) {
    const folder = mkdtempSync(join(tmpdir(), "onair-bundles-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    scratch = folder;
  }
  const folder = mkdtempSync(join(scratch, `${name}-`));
  writeFileSync(join(folder, "handler.mjs"), bundle);
  return folder;
}

/** A bundle on the disk. */
export interface WrittenBundle {
  readonly folder: string;
  readonly bytes: number;
}

const written = new Map<string, WrittenBundle>();

/** Bundles a handler and writes it, once for all functions of this process that have the same code and constants. */
export function bundleOnce(options: Pick<BundleOptions, "handler" | "constants">): WrittenBundle {
  const key = JSON.stringify([options.handler, options.constants]);
  const made = written.get(key) ?? write(options);
  written.set(key, made);
  return made;
}

function write(options: BundleOptions): WrittenBundle {
  const bundle = bundleHandler(options);
  return { folder: writeBundle(options.handler, bundle), bytes: bundle.length };
}
