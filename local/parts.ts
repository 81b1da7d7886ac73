import { join } from "node:path";
import type { Edge } from "./edge/server.ts";
import { restoreEngines } from "./generations/engines.ts";
import { ENGINES, type Manifest, OBJECTS, STATE } from "./generations/manifest.ts";
import { type LastSave, type Persistence, startPersistence } from "./generations/persistence.ts";
import { newestGeneration } from "./generations/restore.ts";
import { createIvs } from "./ivs/service.ts";
import { createIvsChat } from "./ivschat/service.ts";
import { installVenv } from "./ministack/install.ts";
import { layOut } from "./ministack/lay-out.ts";
import { type Ministack, startMinistack } from "./ministack/process.ts";
import type { Service } from "./service.ts";

/** What stands behind the edge. */
export interface Parts {
  readonly ministack: Ministack;
  readonly services: readonly Service[];
  readonly persistence: Persistence;
}

export interface PartsOptions {
  /** The cloud's folder. */
  readonly folder: string;
  readonly venvFolder: string;
  readonly edge: Edge;
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly rootSecret: string;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal | undefined;
  /** Given what ends a part as soon as it runs; to be called in the reverse order. */
  readonly onStarted: (stop: () => Promise<unknown>) => void;
}

const createServices = (ministack: Ministack): readonly Service[] => [
  createIvs({
    bucketRegion: async (bucket, accountId) =>
      (await ministack.call<{ region: string | null }>("bucket-region", { bucket, accountId })).region ?? undefined,
  }),
  createIvsChat(),
];

/** Starts the emulator and our engines with everything that was saved, and keeps saving. */
export const startParts = async (options: PartsOptions): Promise<Parts> => {
  const { folder, venvFolder, edge, report, signal, onStarted } = options;
  const generations = join(folder, "generations");
  const emulator = join(folder, "ministack");
  const generation = await newestGeneration(generations, report);
  const saved = generation && { state: join(generation.path, STATE), objects: join(generation.path, OBJECTS) };
  const python = await installVenv({ folder: venvFolder, report, signal });
  await layOut(emulator, saved);
  const logPath = join(folder, "logs", "ministack.log");
  const ministack = await startMinistack({ ...options, folder: emulator, python, logPath });
  onStarted(ministack.stop);
  signal?.throwIfAborted();

  const services = createServices(ministack);
  if (generation !== undefined) await restoreEngines(join(generation.path, ENGINES), services);
  const persistence = await startPersistence({
    folder: generations,
    gate: edge.gate,
    services,
    emulatorChanges: () => edge.changes,
    saveEmulator: async (directory) => (await ministack.call<Pick<Manifest, "failed">>("save", { directory })).failed,
    report,
  });
  onStarted(persistence.stop);
  return { ministack, services, persistence };
};

export interface Health {
  readonly parts: Readonly<Record<string, "up" | "down">>;
  readonly saved: LastSave | null;
}

/** How the parts are, by asking them now. */
export const healthOf = async ({ ministack, services, persistence }: Parts): Promise<Health> => {
  const answers = ministack.call("health", {}).then(
    () => true,
    () => false,
  );
  const alive = await Promise.race([answers, ministack.died.then(() => false)]);
  const engines = services.map((service) => [service.name, "up"] as const);
  return {
    parts: { ministack: alive ? "up" : "down", ...Object.fromEntries(engines) },
    saved: persistence.last() ?? null,
  };
};
