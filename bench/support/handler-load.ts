import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type BundleOptions, bundleHandler, HANDLERS, writeBundle } from "#constructs/lambda/bundle.ts";
import { runNode } from "../child.ts";
import { handlerVariables } from "./handler-needs.ts";

/** What a handler's bundle is, and what it takes to load it. */
export interface Bundled {
  readonly kilobytes: number;
  readonly gzipKilobytes: number;
  /** Of several fresh processes, Node's own start not counted. */
  readonly loadMilliseconds: readonly number[];
  /** What each of them held then, Node's own included. */
  readonly megabytes: readonly number[];
}

const rounds = 15;

/** Ended at once, because a handler may have begun a call that nothing here answers. */
const loadAndTell = `
  import { createRequire } from "node:module";
  // For peers with CommonJS in them, whose bundlers put this line at their beginning.
  globalThis.require = createRequire(import.meta.url);
  const start = performance.now();
  await import(process.argv[1]);
  const milliseconds = performance.now() - start;
  console.log(JSON.stringify({ milliseconds, megabytes: process.memoryUsage.rss() / 2 ** 20 }));
  process.exit();
`;

/** As Lambda has it for every function; nobody is at the address. */
const account = {
  AWS_REGION: "us-west-2",
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
};

async function prepare(options: BundleOptions) {
  const { handler, handlersFolder = HANDLERS } = options;
  const env = { ...account, ...(await handlerVariables(join(handlersFolder, handler))) };
  const code = bundleHandler(options);
  const folder = writeBundle(handler, code);
  const args = ["--input-type=module", "--eval", loadAndTell, pathToFileURL(join(folder, "handler.mjs")).href];
  const load = (): { milliseconds: number; megabytes: number } => JSON.parse(runNode(args, { env }).output);
  return { code, load, remove: () => rmSync(folder, { recursive: true }) };
}

/** Bundles handlers as they are deployed, and loads them in fresh processes: in turn, so that what else goes on meets all. */
export async function measureBundles(handlers: readonly BundleOptions[]): Promise<Bundled[]> {
  const prepared = await Promise.all(handlers.map(prepare));
  const loaded = Array.from({ length: rounds }, () => prepared.map(({ load }) => load()));
  for (const { remove } of prepared) remove();
  return prepared.map(({ code }, place) => {
    const own = loaded.flatMap((round) => round[place] ?? []);
    return {
      kilobytes: code.length / 1024,
      gzipKilobytes: gzipSync(code).length / 1024,
      loadMilliseconds: own.map(({ milliseconds }) => milliseconds),
      megabytes: own.map(({ megabytes }) => megabytes),
    };
  });
}
