import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { walk } from "./files.ts";

/** Rewrites a text that names the cloud's address on another port. */
export type Move = (text: string) => string;

/**
 * What a cloud saved on one port becomes on another. The emulator finds queues by their address, functions are told it
 * in their variables, and Terraform takes it for the queue's id: one that stayed behind would lead nowhere.
 * @param from undefined where an older Onair did not say: nothing is changed then
 */
export const moveBetween = (from: number | undefined, to: number): Move | undefined => {
  if (from === undefined || from === to) return undefined;
  const address = new RegExp(String.raw`\b(127\.0\.0\.1|localhost):${from}(?!\d)`, "g");
  return (text) => text.replaceAll(address, `$1:${to}`);
};

const TERRAFORM_STATE = ".tfstate";
const DESCRIPTION = ".meta.json";

/** What the emulator and Terraform know an object's bytes by. */
interface Identity {
  readonly etag: string;
  readonly size: number;
  readonly checksums: { readonly SHA256: string };
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const identityOf = (text: string): Identity => ({
  etag: `"${md5(text)}"`,
  size: Buffer.byteLength(text),
  checksums: { SHA256: createHash("sha256").update(text).digest("base64") },
});

/** Beside it and renamed: the file may be a saved generation's, too. */
const replace = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.tmp`, text, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
};

const filesBelow = async (folder: string, ending: string): Promise<string[]> =>
  (await walk(folder)).files.filter(({ path }) => path.endsWith(ending)).map(({ path }) => join(folder, path));

/** Moves Terraform's states, and returns what each of them was and is. Other objects are their owners' business. */
const moveTerraformStates = async (objects: string, move: Move): Promise<Map<string, Identity>> => {
  const moved = new Map<string, Identity>();
  for (const path of await filesBelow(objects, TERRAFORM_STATE)) {
    const before = await readFile(path, "utf8");
    const after = move(before);
    if (after === before) continue;
    await replace(path, after);
    moved.set(identityOf(before).etag, identityOf(after));
  }
  return moved;
};

/** Tells the descriptions of objects, which are of all their versions, what the objects are now. */
const describeAgain = async (objects: string, moved: ReadonlyMap<string, Identity>): Promise<void> => {
  for (const path of await filesBelow(objects, TERRAFORM_STATE + DESCRIPTION)) {
    const text = await readFile(path, "utf8");
    const renewed = JSON.stringify(JSON.parse(text), (_, value) => {
      const identity = typeof value?.etag === "string" ? moved.get(value.etag) : undefined;
      return identity ? { ...value, ...identity } : value;
    });
    await replace(path, renewed);
  }
};

/**
 * Moves what the emulator will load: every service's state, and Terraform's states with their hashes, which S3 keeps
 * beside them and the lock table in a row.
 */
export const moveEmulator = async (
  { state, objects }: { readonly state: string; readonly objects: string },
  move: Move,
): Promise<void> => {
  const moved = await moveTerraformStates(objects, move);
  await describeAgain(objects, moved);
  const digests = [...moved].map(([before, after]) => [before.slice(1, -1), after.etag.slice(1, -1)] as const);
  for (const path of await filesBelow(state, ".json")) {
    const before = await readFile(path, "utf8");
    const after = digests.reduce((text, [from, to]) => text.replaceAll(from, to), move(before));
    if (after !== before) await replace(path, after);
  }
};
