import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clients, createClients } from "#local/clients/clients.ts";
import { type Backends, startEdge } from "#local/edge/server.ts";
import { installVenv } from "#local/ministack/install.ts";
import { type Ministack, startMinistack } from "#local/ministack/process.ts";
import { PROJECT_VENV } from "../../support/deployed.ts";

export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";
export const PLACE = { accountId: ACCOUNT, region: REGION };

const ROOT_SECRET = "root-secret";

/** The emulator behind an edge, with the clients of our engines, and nothing else of the cloud. */
export interface Emulator extends AsyncDisposable {
  readonly endpoint: string;
  readonly ministack: Ministack;
  readonly clients: Clients;
  /** How often a client said that something may have changed. */
  readonly changes: () => number;
  /** Lines that parts reported. */
  readonly lines: string[];
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Options for an SDK client, which goes through the edge. */
  readonly options: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: Emulator["keys"];
    readonly maxAttempts: number;
    readonly forcePathStyle: true;
  };
  /** From now on the edge serves. */
  open(backends: Partial<Backends>): void;
}

export const startEmulator = async (): Promise<Emulator> => {
  const folder = mkdtempSync(join(tmpdir(), "onair-emulator-"));
  const lines: string[] = [];
  const edge = await startEdge(0, {}, (line) => lines.push(line));
  const endpoint = `http://127.0.0.1:${edge.port}`;
  const python = await installVenv({ folder: PROJECT_VENV, report: () => undefined });
  const place = { folder, endpoint, accountId: ACCOUNT, region: REGION, rootSecret: ROOT_SECRET };
  const ministack = await startMinistack({ ...place, python, logPath: join(folder, "log") });
  let changes = 0;
  const onChange = () => {
    changes += 1;
  };
  const clients = createClients({ ministack, rootSecret: ROOT_SECRET, onChange });
  const keys = { accessKeyId: ACCOUNT, secretAccessKey: ROOT_SECRET };
  const nothing = { services: [], askIam: ministack.call, playback: () => undefined, chat: () => undefined };
  return {
    endpoint,
    ministack,
    clients,
    changes: () => changes,
    lines,
    keys,
    options: { endpoint, region: REGION, credentials: keys, maxAttempts: 1, forcePathStyle: true },
    open: (backends) => edge.open({ ministack, ...nothing, ...backends }),
    [Symbol.asyncDispose]: async () => {
      await clients.close();
      await edge.close();
      await ministack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
