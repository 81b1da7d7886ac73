import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import * as v from "valibot";

const port = v.pipe(v.number(), v.integer());
const text = v.pipe(v.string(), v.nonEmpty());

const readyFile = v.looseObject({
  pid: port,
  endpoint: v.pipe(v.string(), v.url()),
  rtmpUrl: v.optional(text),
  rtmpsUrl: v.optional(text),
  /** Path of the certificate in PEM by which encoders can know the RTMPS server. */
  rtmpsCertificate: v.optional(text),
  chatUrl: v.optional(text),
  region: text,
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
});

/** What the local cloud says of itself once it is ready. */
export type CloudReady = Readonly<v.InferOutput<typeof readyFile>>;

/** Reads the file that the local cloud writes when it is ready; undefined while there is none. */
export function readCloudReady(file: string): CloudReady | undefined {
  const written = readIfThere(file);
  if (written === undefined) return undefined;
  const parsed = v.safeParse(readyFile, JSON.parse(written));
  return parsed.success ? parsed.output : undefined;
}

/** What every tool needs in its environment to speak to the local cloud: endpoint, local credentials, Terraform's set-up. */
export function readCloudEnvironment(file: string): Record<string, string> {
  const parsed = parseEnv(readFileSync(file, "utf8"));
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A file's text; undefined when it is not there. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
