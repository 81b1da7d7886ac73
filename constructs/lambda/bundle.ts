import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
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
export function bundleHandler({ handler, constants, handlersFolder = HANDLERS }: BundleOptions): Uint8Array {
  return withConstants(build(handlersFolder, [handler]), handler, constants);
}

/** Bundles by handler. Many at once take little longer than one: what they share is read once. */
function build(handlersFolder: string, handlers: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const { outputFiles } = buildSync({
    absWorkingDir: handlersFolder,
    entryPoints: handlers.map((handler) => `${handler}/handler.ts`),
    outbase: handlersFolder,
    outdir: handlersFolder,
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    format: "esm",
    // Local functions run on the Node of the host, which may be older than Lambda's.
    target: "node20",
    mainFields: ["module", "main"],
    legalComments: "none",
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path, contents }) => [relative(handlersFolder, dirname(path)), contents]));
}

/** Constants stand before the code, which has them as free names: minifying leaves those as they are. */
function withConstants(
  bundles: ReadonlyMap<string, Uint8Array>,
  handler: string,
  constants: BundleOptions["constants"] = {},
): Uint8Array {
  const code = bundles.get(handler);
  if (!code) throw new Error(`${handler}: esbuild made no output`);
  const lines = Object.entries(constants).map(([name, value]) => `const ${name}=${JSON.stringify(value)};\n`);
  return Buffer.concat([Buffer.from(lines.join("")), code]);
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
export function bundleOnce(options: BundleOptions): WrittenBundle {
  const { handler, constants, handlersFolder = HANDLERS } = options;
  const key = JSON.stringify([handlersFolder, handler, constants]);
  const made = written.get(key) ?? write(handlersFolder, handler, constants);
  written.set(key, made);
  return made;
}

const built = new Map<string, ReadonlyMap<string, Uint8Array>>();

function write(handlersFolder: string, handler: string, constants: BundleOptions["constants"]): WrittenBundle {
  const bundles = built.get(handlersFolder) ?? build(handlersFolder, handlersIn(handlersFolder));
  built.set(handlersFolder, bundles);
  const bundle = withConstants(bundles, handler, constants);
  return { folder: writeBundle(handler, bundle), bytes: bundle.length };
}

const handlersIn = (folder: string) =>
  readdirSync(folder).filter((name) => existsSync(join(folder, name, "handler.ts")));
