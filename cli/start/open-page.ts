import { spawn } from "node:child_process";
import type { Environment } from "../terminal/style.ts";

/** What shows an address in the user's browser. */
const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "open", linux: "xdg-open" };

/** Whether somebody sits there who would see a page open: at a terminal with a screen, and not in CI. */
export function canOpenPage(environment: Environment, isTerminal: boolean, platform = process.platform): boolean {
  const hasScreen = platform !== "linux" || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
  return isTerminal && hasScreen && !environment.CI && openers[platform] !== undefined;
}

/** Opens an address in the user's browser. Where that fails nothing is said: the address stands on the screen. */
export function openPage(url: string): void {
  const opener = openers[process.platform];
  if (opener === undefined) return;
  spawn(opener, [url], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
