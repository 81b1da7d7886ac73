import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ownPace } from "#aws/accounts/own-pace.ts";
import { createStateBackendClients, type StateBackendClients } from "#aws/state-backend/state-backend.ts";
import type { Pace } from "#domain/accounts/ports.ts";

/** All that knows something of an environment. */
export interface DestroyClients {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  /** Of the region where the state is. */
  readonly state: StateBackendClients;
  /** Of this process: the table that all share goes. */
  readonly pace: Pace;
}

/** Below the five a second that the service takes. */
const callsPerSecond = 4;
const maxAttempts = 8;

/** Opens clients, and lets go of them after the work. */
export async function withClients<Value>(
  { region, stateRegion }: { readonly region: string; readonly stateRegion: string },
  work: (clients: DestroyClients) => Promise<Value>,
): Promise<Value> {
  const own = {
    ivs: new IvsClient({ region, maxAttempts }),
    chat: new IvschatClient({ region, maxAttempts }),
    s3: new S3Client({ region }),
    secrets: new SecretsManagerClient({ region }),
  };
  const state = createStateBackendClients(stateRegion);
  try {
    return await work({ ...own, state, pace: ownPace(callsPerSecond) });
  } finally {
    for (const client of [...Object.values(own), ...Object.values(state)]) client.destroy();
  }
}
