import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

/** Where a browser is, or why there is none. */
export type FoundBrowser =
  | { readonly executablePath: string; readonly libraries?: string; readonly reason?: undefined }
  | { readonly channel: "chrome"; readonly reason?: undefined }
  | { readonly reason: string };

const ROOT = join(import.meta.dirname, "../..");
/** Unpacked once, beside what else the project installs for itself. */
const CHROMIUM_FOLDER = join(ROOT, ".onair/chromium-153.0.0");

/** Finds a Chromium: the one of CHROME_PATH, that of npm on Linux x64, an installed Chrome elsewhere. */
export async function findBrowser(): Promise<FoundBrowser> {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    return existsSync(chosen) ? { executablePath: chosen } : { reason: `CHROME_PATH names no file: ${chosen}` };
  }
  if (process.platform === "linux" && process.arch === "x64") {
    return { executablePath: await unpackChromium(), libraries: join(CHROMIUM_FOLDER, "al2023/lib") };
  }
  const found: FoundBrowser = { channel: "chrome" };
  try {
    await (await launchBrowser(found)).close();
    return found;
  } catch {
    return { reason: "no Chrome is installed; install it, or name a Chromium in CHROME_PATH" };
  }
}

/**
 * The package unpacks into the system's temporary folder and takes whatever is there for its own, half a file or another
 * version's too. So it is given a folder of its own, which gets its name when it is whole.
 */
async function unpackChromium(): Promise<string> {
  const program = join(CHROMIUM_FOLDER, "chromium");
  if (existsSync(program)) return program;
  const beside = `${CHROMIUM_FOLDER}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = beside;
  try {
    const { default: packed, inflate } = await import("@sparticuz/chromium");
    await packed.executablePath();
    await inflate(join(ROOT, "node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
  if (existsSync(CHROMIUM_FOLDER)) rmSync(beside, { recursive: true });
  else renameSync(beside, CHROMIUM_FOLDER);
  return program;
}

/** Starts the browser that was found; video may start by itself in it. */
export function launchBrowser(found: FoundBrowser): Promise<Browser> {
  if (found.reason !== undefined) throw new Error(found.reason);
  const args = ["--autoplay-policy=no-user-gesture-required", "--disable-gpu"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  if ("channel" in found) return chromium.launch({ channel: found.channel, args });
  const { executablePath, libraries } = found;
  const { LD_LIBRARY_PATH } = process.env;
  // Behind the system's own: they are for machines that have none.
  const path = [LD_LIBRARY_PATH, "/usr/lib/x86_64-linux-gnu", "/usr/lib64", libraries].filter(Boolean).join(":");
  return chromium.launch({
    executablePath,
    args,
    env: { ...process.env, ...(libraries && { LD_LIBRARY_PATH: path }) },
  });
}
