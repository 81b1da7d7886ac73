import { rename, writeFile } from "node:fs/promises";

let writes = 0;

/** Writes a text file in one step: a reader, or a process killed meanwhile, leaves the old text or the new one. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  writes += 1;
  const draft = `${path}.${process.pid}-${writes}`;
  await writeFile(draft, text);
  await rename(draft, path);
};
