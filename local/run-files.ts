import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What scripts need to know of a running cloud; nothing in it is secret. */
export interface RunFile {
  readonly pid: number;
  readonly endpoint: string;
  /** Where encoders send to, without the stream key. */
  readonly rtmpUrl: string;
  readonly rtmpsUrl: string;
  /** Path of the certificate in PEM by which encoders can know the RTMPS server. */
  readonly rtmpsCertificate: string;
  /** Where chat clients connect. */
  readonly chatUrl: string;
  readonly region: string;
  readonly accountId: string;
}

/** Writes a file so that a reader sees all of it or none. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, path);
};

export const writeRunFile = (path: string, run: RunFile): Promise<void> =>
  replaceFile(path, `${JSON.stringify(run, null, 2)}\n`);

/** Undefined where there is none, or none that can be read. */
export const readRunFile = async (path: string): Promise<RunFile | undefined> => {
  try {
    return JSON.parse(await readFile(path, "utf8")) as RunFile;
  } catch {
    return undefined;
  }
};

export const removeFile = (path: string): Promise<void> => rm(path, { force: true });

/**
 * The secret of the account's root key, made once for a folder: addresses that were presigned with it outlive a restart.
 * It is random, because a web page could sign with one that everybody knows.
 */
export const rootSecret = async (folder: string): Promise<string> => {
  const path = join(folder, "root-secret");
  const kept = await readFile(path, "utf8").catch(() => "");
  if (/^[A-Za-z0-9]{40}$/.test(kept)) return kept;
  const made = randomBytes(20).toString("hex");
  await replaceFile(path, made);
  return made;
};
