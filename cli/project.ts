import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** The folders that a command works in. */
export interface Project {
  /** The checkout. */
  readonly root: string;
  /** What the local cloud and our runs keep: `.onair`. */
  readonly folder: string;
  /** Where the stacks are synthesized to. */
  readonly output: string;
}

/** The checkout that this file is in. */
export const projectRoot = resolve(import.meta.dirname, "..");

/**
 * @param folder relative to the checkout
 * @param output relative to the checkout
 */
export function openProject(folder: string, output: string): Project {
  return { root: projectRoot, folder: resolve(projectRoot, folder), output: resolve(projectRoot, output) };
}

/** Every stack of the app; an environment without settings for delivery has none. */
export const stackNames = ["state", "delivery", "platform"] as const;

/** Those of them that are synthesized. */
export const synthesizedStacks = (project: Project): string[] =>
  stackNames.filter((stack) => existsSync(join(stackFolder(project, stack), "cdk.tf.json")));

/** Where one stack's Terraform is run. */
export function stackFolder(project: Project, stack: string): string {
  return join(project.output, "stacks", stack);
}

/** The file that holds all that one part of a run printed. */
export function logFile(project: Project, part: string): string {
  return join(project.folder, "logs", `${part}.log`);
}

/** A path as the user, in the checkout, would type it. */
export function shortPath(project: Project, path: string): string {
  const short = relative(project.root, path);
  return short.startsWith("..") ? path : short || ".";
}
