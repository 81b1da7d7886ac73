import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** Not of the project, or made anew. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "__tests__",
  "bench",
  "cdktf.json",
  "cdktf.out",
  "docs",
  "node_modules",
]);

/** Lets packages that are links find each other in the second home, not beside their own real places. */
export const nodeOptions = ["--preserve-symlinks", "--preserve-symlinks-main"] as const;

/**
 * Lays out a folder that is a copy of this project without its settings, and with something else in the place of one package. All
 * other packages are links: what is run in it needs {@link nodeOptions}.
 *
 * @param name the package's, for example `cdktf`
 * @param replacement the folder of what stands in its place
 */
export function secondHome(root: string, home: string, name: string, replacement: string): void {
  mkdirSync(join(home, "node_modules"), { recursive: true });
  for (const entry of readdirSync(root).filter((name) => !name.startsWith("."))) {
    // The bundler follows links to where files really are, and would bundle the project's own.
    if (!LEFT_OUT.has(entry)) cpSync(join(root, entry), join(home, entry), { recursive: true });
  }
  for (const entry of readdirSync(join(root, "node_modules"))) {
    const path = join("node_modules", entry);
    if (entry !== name) symlinkSync(join(root, path), join(home, path));
  }
  cpSync(replacement, join(home, "node_modules", name), { recursive: true });
}
