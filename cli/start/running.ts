import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Project } from "../project.ts";
import { healthUrl } from "./probe.ts";
import { readCloudReady } from "./ready-file.ts";

const probeTimeoutMilliseconds = 3000;
const health = v.object({ onair: v.literal(true), pid: v.number(), instance: v.string() });

/**
 * The process of the local cloud that runs in this folder, whoever started it; undefined when none does. What files say
 * of it is only a hint where to ask: the cloud that answers must say that it is this folder's.
 */
export async function runningCloud(project: Project): Promise<number | undefined> {
  if (!existsSync(project.folder)) return undefined;
  const instance = createHash("sha256").update(realpathSync(project.folder)).digest("hex").slice(0, 16);
  for (const name of ["cloud.json", "run.json"]) {
    const written = readCloudReady(join(project.folder, name));
    const found = written && (await askHealth(written.endpoint));
    if (found?.instance === instance) return found.pid;
  }
  return undefined;
}

async function askHealth(endpoint: string): Promise<v.InferOutput<typeof health> | undefined> {
  try {
    const response = await fetch(healthUrl(endpoint), { signal: AbortSignal.timeout(probeTimeoutMilliseconds) });
    const parsed = v.safeParse(health, await response.json());
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
