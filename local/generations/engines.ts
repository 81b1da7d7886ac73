import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "../service.ts";
import type { Move } from "./move.ts";

const fileOf = (folder: string, service: Service): string => join(folder, `${service.name}.json`);

/** Writes each engine's state. It is taken in one go, before the first file is written. */
export const saveEngines = async (folder: string, services: readonly Service[]): Promise<void> => {
  const states = services.map((service) => [fileOf(folder, service), JSON.stringify(service.save())] as const);
  await mkdir(folder, { mode: 0o700 });
  for (const [path, text] of states) await writeFile(path, text, { mode: 0o600 });
};

/** Gives each engine its saved state; one that is newer than the generation starts empty. */
export const restoreEngines = async (
  folder: string,
  services: readonly Service[],
  move: Move = (text) => text,
): Promise<void> => {
  for (const service of services) {
    const text = await readFile(fileOf(folder, service), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text !== undefined) service.restore(JSON.parse(move(text)));
  }
};
