import type { TestProject } from "vitest/node";
import { type FoundBrowser, findBrowser } from "./browser.ts";
import deploy from "./deploy-setup.ts";

export const BROWSER = "browser";

declare module "vitest" {
  interface ProvidedContext {
    [BROWSER]: FoundBrowser;
  }
}

/**
 * Looks for a browser once, before all tests that need one, and has the project deployed for them. Without a browser they
 * are skipped, and one line says why.
 */
export default async function setup(project: TestProject): Promise<(() => void) | undefined> {
  const found = await findBrowser();
  if (found.reason !== undefined) console.log(`The tests in a browser are skipped: ${found.reason}.`);
  project.provide(BROWSER, found);
  return found.reason === undefined ? deploy(project) : undefined;
}
