import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { type Chat, joinChat } from "./chat.ts";
import { createClients } from "./clients/clients.ts";
import { createCloudControl } from "./cloud-control/service.ts";
import { type Mail, mailLine } from "./cognito/mail.ts";
import type { Edge } from "./edge/server.ts";
import { restoreEngines } from "./generations/engines.ts";
import { ENGINES, type Manifest, OBJECTS, STATE } from "./generations/manifest.ts";
import { moveBetween, moveEmulator } from "./generations/move.ts";
import { type LastSave, type Persistence, startPersistence } from "./generations/persistence.ts";
import { newestGeneration } from "./generations/restore.ts";
import { createEventSink, type EventSink } from "./ivs/live/event-sink.ts";
import type { IvsEvent } from "./ivs/live/ivs-event.ts";
import { thumbnailMaker } from "./ivs/recording/thumbnail.ts";
import { emulatorFolders } from "./ministack/environment.ts";
import { installVenv } from "./ministack/install.ts";
import { layOut } from "./ministack/lay-out.ts";
import { logTo } from "./ministack/log-file.ts";
import { type Ministack, startMinistack } from "./ministack/process.ts";
import type { Service } from "./service.ts";
import { startVideo, type Video, type VideoOptions } from "./video.ts";

/** What stands behind the edge. */
export interface Parts {
  readonly ministack: Ministack;
  readonly services: readonly Service[];
  readonly persistence: Persistence;
  readonly video: Video;
  readonly chat: Chat;
  readonly events: EventSink;
}

export interface PartsOptions
  extends Pick<VideoOptions, "ingestPort" | "insecureIngest" | "metricsMilliseconds" | "rates"> {
  /** The cloud's folder. */
  readonly folder: string;
  readonly venvFolder: string;
  readonly edge: Edge;
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly rootSecret: string;
  readonly recordDecisions: boolean | undefined;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal | undefined;
  /** Given what ends a part as soon as it runs; to be called in the reverse order. */
  readonly onStarted: (stop: () => Promise<unknown>) => void;
}

/** Below the cloud's `logs`. */
const DECISIONS = "decisions.ndjson";

const publishTo =
  (ministack: Ministack) =>
  async ({ accountId, region, detailType, resources, detail, time }: IvsEvent): Promise<void> => {
    const entry = { Source: "aws.ivs", DetailType: detailType, Detail: JSON.stringify(detail), Resources: resources };
    const entries = [{ ...entry, Time: Math.floor(time / 1000) }];
    await ministack.call("events", { accountId, region, entries });
  };

/** Starts the emulator and our engines with everything that was saved, and keeps saving. */
export const startParts = async (options: PartsOptions): Promise<Parts> => {
  const { folder, venvFolder, edge, report, signal, onStarted } = options;
  const generations = join(folder, "generations");
  const emulator = join(folder, "ministack");
  const generation = await newestGeneration(generations, report);
  const saved = generation && { state: join(generation.path, STATE), objects: join(generation.path, OBJECTS) };
  const python = await installVenv({ folder: venvFolder, report, signal });
  await layOut(emulator, saved);
  const move = moveBetween(generation?.port, edge.port);
  if (move) await moveEmulator(emulatorFolders(emulator), move);
  const logPath = join(folder, "logs", "ministack.log");
  const onMail = (mail: Mail) => report(mailLine(mail));
  const decisions = options.recordDecisions ? join(folder, "logs", DECISIONS) : undefined;
  const ministack = await startMinistack({ ...options, folder: emulator, python, logPath, onMail, decisions });
  onStarted(ministack.stop);
  signal?.throwIfAborted();

  const mediaLog = new PassThrough();
  logTo(join(folder, "logs", "media.log"), mediaLog);
  onStarted(async () => mediaLog.end());
  const log = (line: string) => {
    if (mediaLog.writable) mediaLog.write(`${new Date().toISOString()} ${line}\n`);
  };
  const clients = createClients({ ministack, rootSecret: options.rootSecret, onChange: edge.noteChange });
  onStarted(clients.close);
  const publish = publishTo(ministack);
  const events = createEventSink(async (event) => {
    await publish(event);
    edge.noteChange();
  }, report);
  onStarted(events.flush);
  const { metricsMilliseconds, rates } = options;
  const video = await startVideo({
    ...options,
    ...{ clients, events, log },
    makeThumbnail: thumbnailMaker({ folder: dirname(venvFolder), report }),
    bucketRegion: async (bucket, accountId) =>
      (await ministack.call<{ region: string | null }>("bucket-region", { bucket, accountId })).region ?? undefined,
  });
  onStarted(video.stop);
  const chat = joinChat({ clients, report, metricsMilliseconds, rates });
  onStarted(chat.stop);

  const services = [video.ivs, chat.service, createCloudControl({ ivs: video.ivs })];
  if (generation !== undefined) await restoreEngines(join(generation.path, ENGINES), services, move);
  const persistence = await startPersistence({
    folder: generations,
    port: edge.port,
    gate: edge.gate,
    services,
    emulatorChanges: () => edge.changes,
    saveEmulator: async (directory) => (await ministack.call<Pick<Manifest, "failed">>("save", { directory })).failed,
    report,
  });
  onStarted(persistence.stop);
  // After what counts changes: what this ends is saved in a while, though nobody calls anything.
  await video.recover();
  return { ministack, services, persistence, video, chat, events };
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

/** Ends streams and chats while everything still runs that hears of it, so that the last save knows no open ones. */
export const endStreams = async ({ video, chat, events }: Parts): Promise<void> => {
  await chat.stop();
  await video.stop();
  await events.flush();
};
