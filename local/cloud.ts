import { join } from "node:path";
import { mailOf } from "./cognito/mail.ts";
import { CHAT_PATH } from "./edge/judge.ts";
import type { RequestHead } from "./edge/request-head.ts";
import { startEdge } from "./edge/server.ts";
import { cloudEnvironment, environmentText } from "./environment.ts";
import type { CloudFailure } from "./failure.ts";
import { instanceOf, takeFolder } from "./folder.ts";
import type { EventFaults } from "./ivs/live/event-faults.ts";
import { endStreams, healthOf, type Parts, startParts } from "./parts.ts";
import { ingestPortFor, listenOnBlock } from "./ports.ts";
import { replaceFile, rootSecret } from "./run-files.ts";
import { writeCliConfiguration } from "./terraform/cli-configuration.ts";

export interface CloudOptions {
  /** Everything that the cloud writes is below it. */
  readonly folder: string;
  /** Where the emulator's Python packages are. @default venv below {@link folder} */
  readonly venvFolder?: string;
  /** 0 for any free one. @default the first of a free block, from 4566 on */
  readonly port?: number | undefined;
  /** @default us-east-1 */
  readonly region?: string;
  /** Twelve digits. @default 000000000000 */
  readonly accountId?: string;
  /**
   * Whether Terraform's CLI configuration is written, and its variables are in the environment. Where that cannot be,
   * the cloud does not start (`required`), or starts without and says so (`wanted`).
   * @default wanted
   */
  readonly terraform?: "required" | "wanted" | "none";
  /** The releases of hashicorp/aws that the stacks ask for: a mirror without one is passed over. @default "~> 5.100" */
  readonly awsProvider?: string | undefined;
  /** For RTMP; RTMPS gets the next one. @default 1935, or as far from it as {@link port} is from 4566 */
  readonly ingestPort?: number | undefined;
  /** Which channels take plain RTMP: those that allow insecure ingest, or all. @default where-allowed */
  readonly insecureIngest?: "where-allowed" | "everywhere";
  /** How many calls a second IVS and IVS Chat take: as many as on AWS, or any number. @default service */
  readonly rates?: "service" | "none";
  /** How often metrics of streams and chat are put to CloudWatch, in milliseconds. @default 60000, as on the service */
  readonly metricsMilliseconds?: number;
  /**
   * Writes each different decision of IAM on a call that is made under a role to `logs/decisions.ndjson`, one JSON object
   * a line: role, action, resource, allowed, sid.
   * @default false
   */
  readonly recordDecisions?: boolean;
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
  /** When it happened, in seconds since 1970. @default now */
  readonly Time?: number;
}

/** A running local cloud. */
export interface Cloud {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Where encoders send to, without the stream key: `rtmp://127.0.0.1:1935/app`. */
  readonly rtmpUrl: string;
  readonly rtmpsUrl: string;
  /** Path of the certificate in PEM by which encoders can know the RTMPS server. */
  readonly rtmpsCertificate: string;
  /** Where chat clients connect. */
  readonly chatUrl: string;
  /** What a program needs in its environment to use this cloud and no other; also in `cloud.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves with what to tell the user when a part dies. The cloud is then of no use; stop it. */
  readonly died: Promise<CloudFailure>;
  /** Everything done before is on the disk when it resolves. */
  save(): Promise<void>;
  /** Publishes events whose source begins with `aws.` onto the default bus, as no client may. */
  emit(entries: readonly AmazonEvent[]): Promise<void>;
  /** How the events of streams go wrong from now on; none set, they do not. */
  setEventFaults(faults: EventFaults): void;
  /** Saves, then ends everything that was started. */
  stop(): Promise<void>;
}

const terraformEnvironment = async (options: CloudOptions) => {
  const { folder, terraform = "wanted", awsProvider: aws, report = () => {} } = options;
  if (terraform === "none") return {};
  try {
    return (await writeCliConfiguration({ folder, ...(aws && { constraints: { aws } }) })).environment;
  } catch (error) {
    if (terraform === "required") throw error;
    report(`Terraform cannot use this cloud yet. ${(error as Error).message}`);
    return {};
  }
};

/**
 * Starts Amazon on this machine, with everything that was saved in its folder.
 * @throws CloudFailure when something that the user can cure is in the way; nothing is left running then
 */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { folder, region = "us-east-1", accountId = "000000000000", report = () => {}, signal } = options;
  const started: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    const failures: unknown[] = [];
    for (const stop of started.splice(0).reverse()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  let state: "starting" | "running" | "stopping" = "starting";
  let parts: Parts | undefined;

  try {
    started.push((await takeFolder(folder)).release);
    const terraform = await terraformEnvironment(options);
    const instance = await instanceOf(folder);
    const own = {
      "GET /_onair/health": async () => {
        const health = parts && (await healthOf(parts));
        return { onair: true, pid: process.pid, instance, state, ...health };
      },
      "POST /_onair/save": async () => {
        if (parts === undefined) throw new Error("The local cloud is starting.");
        return parts.persistence.save();
      },
      "GET /_onair/mail": async ({ query }: RequestHead) => {
        if (parts === undefined) throw new Error("The local cloud is starting.");
        return mailOf(parts.ministack, query.get("to") ?? undefined);
      },
    };
    const edge = await listenOnBlock(options.port, (port) => startEdge(port, own, report), report);
    started.push(edge.close);
    const endpoint = `http://127.0.0.1:${edge.port}`;
    const secret = await rootSecret(folder);
    const venvFolder = options.venvFolder ?? join(folder, "venv");
    const place = { folder, venvFolder, edge, endpoint, region, accountId, rootSecret: secret };
    const { insecureIngest, metricsMilliseconds, rates = "service", recordDecisions } = options;
    const running = await startParts({
      ...place,
      ...{ report, signal, insecureIngest, metricsMilliseconds, rates, recordDecisions },
      ingestPort: options.ingestPort ?? ingestPortFor(edge.port, options.port),
      onStarted: (stop) => started.push(stop),
    });
    const environment = { ...cloudEnvironment(endpoint, region, accountId, secret), ...terraform };
    await replaceFile(join(folder, "cloud.env"), environmentText(environment));
    const { ministack, services, persistence, video, chat, events } = running;
    edge.open({ ministack, services, askIam: ministack.call, playback: video.playback, chat: chat.handleUpgrade });
    parts = running;
    state = "running";
    return {
      endpoint,
      region,
      accountId,
      rtmpUrl: video.rtmpUrl,
      rtmpsUrl: video.rtmpsUrl,
      rtmpsCertificate: video.rtmpsCertificate,
      chatUrl: `ws://127.0.0.1:${edge.port}${CHAT_PATH}`,
      environment,
      died: ministack.died,
      save: async () => {
        await persistence.save();
      },
      emit: async (entries) => {
        await ministack.call("events", { accountId, region, entries });
      },
      setEventFaults: events.setFaults,
      stop: async () => {
        state = "stopping";
        try {
          await endStreams(running);
          if (ministack.isAlive()) await persistence.save();
        } finally {
          await stopAll();
        }
      },
    };
  } catch (error) {
    await stopAll().catch(() => undefined);
    throw error;
  }
};
