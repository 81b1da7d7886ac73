import { join } from "node:path";
import { type Edge, startEdge } from "./edge/server.ts";
import { cloudEnvironment, environmentText } from "./environment.ts";
import type { CloudFailure } from "./failure.ts";
import { instanceOf, takeFolder } from "./folder.ts";
import { restoreEngines, saveEngines } from "./generations/engines.ts";
import { ENGINES, type Manifest, OBJECTS, STATE } from "./generations/manifest.ts";
import { newestGeneration } from "./generations/restore.ts";
import { createSaver } from "./generations/saver.ts";
import { createGenerationWriter } from "./generations/write.ts";
import { createIvs } from "./ivs/service.ts";
import { createIvsChat } from "./ivschat/service.ts";
import { installVenv } from "./ministack/install.ts";
import { layOut } from "./ministack/lay-out.ts";
import { type Ministack, startMinistack } from "./ministack/process.ts";
import { listenOnBlock } from "./ports.ts";
import { replaceFile, rootSecret } from "./run-files.ts";
import type { Service } from "./service.ts";
import { writeCliConfiguration } from "./terraform/cli-configuration.ts";

export interface CloudOptions {
  /** Everything that the cloud writes is below it. */
  readonly folder: string;
  /** Where the emulator's Python packages are. @default venv below {@link folder} */
  readonly venvFolder?: string;
  /** 0 for any free one. @default the first of a free block, from 4566 on */
  readonly port?: number;
  /** @default us-east-1 */
  readonly region?: string;
  /** Twelve digits. @default 000000000000 */
  readonly accountId?: string;
  /** Whether Terraform's CLI configuration is written, and its variables are in the environment. @default true */
  readonly terraform?: boolean;
  /** Told, in lines for a human, what takes time and what is wrong. @default nobody */
  readonly report?: (line: string) => void;
  /** Ends a start that is under way; what it started is stopped, and it throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** An entry of PutEvents, as Amazon's own services make them. */
export interface AmazonEvent {
  readonly Source: string;
  readonly DetailType: string;
  /** JSON. */
  readonly Detail: string;
  readonly Resources?: readonly string[];
}

/** A running local cloud. */
export interface Cloud {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** What a program needs in its environment to use this cloud and no other; also in `cloud.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves with what to tell the user when a part dies. The cloud is then of no use; stop it. */
  readonly died: Promise<CloudFailure>;
  /** Everything done before is on the disk when it resolves. */
  save(): Promise<void>;
  /** Publishes events whose source begins with `aws.` onto the default bus, as no client may. */
  emit(entries: readonly AmazonEvent[]): Promise<void>;
  /** Saves, then ends everything that was started. */
  stop(): Promise<void>;
}

interface Engines {
  readonly services: readonly Service[];
  readonly ministack: Ministack;
}

const createServices = (ministack: Ministack): readonly Service[] => [
  createIvs({
    bucketRegion: async (bucket, accountId) =>
      (await ministack.call<{ region: string | null }>("bucket-region", { bucket, accountId })).region ?? undefined,
  }),
  createIvsChat(),
];

const startPersistence = async (folder: string, edge: Edge, engines: Engines, report: (line: string) => void) => {
  const writer = await createGenerationWriter(folder);
  const revision = () => engines.services.reduce((sum, service) => sum + service.revision, edge.changes);
  let last: Manifest | undefined;
  const saver = createSaver({
    revision,
    report,
    write: async () => {
      let captured = 0;
      last = await writer.write((target) =>
        edge.gate.hold(async () => {
          captured = revision();
          await saveEngines(join(target, ENGINES), engines.services);
          const { failed } = await engines.ministack.call<Manifest>("save", { directory: join(target, "ministack") });
          return failed;
        }),
      );
      for (const [service, reason] of Object.entries(last.failed)) report(`${service} could not be saved: ${reason}`);
      return captured;
    },
  });
  return { saver, last: () => last && { number: last.number, savedAt: last.savedAt } };
};

const terraformEnvironment = async (folder: string, report: (line: string) => void) => {
  try {
    return (await writeCliConfiguration({ folder })).environment;
  } catch (error) {
    report(`Terraform cannot use this cloud yet. ${(error as Error).message}`);
    return {};
  }
};

/**
 * Starts Amazon on this machine, with everything that was saved in its folder.
 * @throws CloudFailure when something that the user can cure is in the way; nothing is left running then
 */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { folder, region = "us-east-1", accountId = "000000000000", report = () => {} } = options;
  const started: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  let state: "starting" | "running" | "stopping" = "starting";
  let health = async (): Promise<Record<string, unknown>> => ({});
  let save = async (): Promise<unknown> => {
    throw new Error("The local cloud is starting.");
  };

  try {
    const lock = await takeFolder(folder);
    started.push(lock.release);
    const instance = await instanceOf(folder);
    const own = {
      "GET /_onair/health": async () => ({ onair: true, pid: process.pid, instance, state, ...(await health()) }),
      "POST /_onair/save": () => save(),
    };
    const edge = await listenOnBlock(options.port, (port) => startEdge(port, own, report), report);
    started.push(edge.close);
    const endpoint = `http://127.0.0.1:${edge.port}`;

    const terraform = options.terraform === false ? {} : terraformEnvironment(folder, report);
    const [python, secret, generation] = await Promise.all([
      installVenv({ folder: options.venvFolder ?? join(folder, "venv"), report, signal: options.signal }),
      rootSecret(folder),
      newestGeneration(join(folder, "generations"), report),
    ]);
    const emulator = join(folder, "ministack");
    await layOut(
      emulator,
      generation && { state: join(generation.path, STATE), objects: join(generation.path, OBJECTS) },
    );
    const ministack = await startMinistack({
      python,
      folder: emulator,
      endpoint,
      accountId,
      region,
      rootSecret: secret,
      logPath: join(folder, "logs", "ministack.log"),
    });
    started.push(ministack.stop);
    options.signal?.throwIfAborted();
    const services = createServices(ministack);
    if (generation !== undefined) await restoreEngines(join(generation.path, ENGINES), services);
    const { saver, last } = await startPersistence(join(folder, "generations"), edge, { services, ministack }, report);
    started.push(saver.stop);

    save = async () => {
      await saver.save();
      return last();
    };
    health = async () => {
      const answers = await Promise.race([ministack.call("health", {}), ministack.died]).catch(() => undefined);
      const up = answers !== undefined && !(answers instanceof Error);
      const parts = Object.fromEntries(services.map((service) => [service.name, "up"]));
      return { endpoint, region, accountId, parts: { ministack: up ? "up" : "down", ...parts }, saved: last() ?? null };
    };
    const environment = { ...cloudEnvironment(endpoint, region, accountId, secret), ...(await terraform) };
    await replaceFile(join(folder, "cloud.env"), environmentText(environment));
    edge.open({ ministack, services, askIam: ministack.call });
    state = "running";

    let alive = true;
    const died = ministack.died.then((failure) => {
      alive = false;
      return failure;
    });
    return {
      endpoint,
      region,
      accountId,
      environment,
      died,
      save: saver.save,
      emit: async (entries) => {
        await ministack.call("events", { accountId, region, entries });
      },
      stop: async () => {
        state = "stopping";
        try {
          if (alive) await saver.save();
        } finally {
          await stopAll();
        }
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
};
