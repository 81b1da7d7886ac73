import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CloudFailure } from "../failure.ts";
import { problemOf, readManifest } from "./manifest.ts";
import { leftoversIn, nameOf, numbersIn } from "./names.ts";

export interface FoundGeneration {
  readonly number: number;
  readonly path: string;
  /** The edge's when it was saved; undefined where an older Onair did not say. */
  readonly port: number | undefined;
}

/**
 * The newest generation that is whole; undefined where there has never been one. One that is damaged, or that a newer
 * Onair wrote, is set aside under another name, with a line that says why, and the one before is taken.
 * @throws CloudFailure GENERATIONS_UNUSABLE when there are some and none can be used: better no start than an empty one
 */
export const newestGeneration = async (
  folder: string,
  report: (line: string) => void,
): Promise<FoundGeneration | undefined> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entries = await readdir(folder);
  for (const leftover of leftoversIn(entries)) await rm(join(folder, leftover), { recursive: true, force: true });

  const numbers = numbersIn(entries);
  for (const number of numbers) {
    const path = join(folder, nameOf(number));
    const problem = await problemOf(path);
    if (problem === undefined) return { number, path, port: (await readManifest(path))?.port };
    const aside = `${path}.set-aside-${Date.now()}`;
    await rename(path, aside);
    report(`Saved generation ${number} cannot be used: ${problem}. It was moved to ${aside}; taking the one before.`);
  }
  if (numbers.length === 0) return undefined;
  throw new CloudFailure(
    "GENERATIONS_UNUSABLE",
    `None of the ${numbers.length} saved generations in ${folder} can be used. They were set aside, none was deleted. Start again for an empty cloud.`,
  );
};
