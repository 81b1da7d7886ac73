import type { TestProject } from "vitest/node";
import { type FoundBrowser, findBrowser } from "./browser.ts";

export const BROWSER = "browser";

declare module "vitest" {
  interface ProvidedContext {
    [BROWSER]: FoundBrowser;
  }
}

/** Looks for a browser once, before all tests that need one. Without one they are skipped, and one line says why. */
export default async function setup(project: TestProject): Promise<void> {
  const found = await findBrowser();
  if (found.reason !== undefined) console.log(`The tests in a browser are skipped: ${found.reason}.`);
  project.provide(BROWSER, found);
}
