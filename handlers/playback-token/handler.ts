import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createKmsSigner } from "#aws/playback/kms-signer.ts";
import { createSecretSigner } from "#aws/playback/secret-signer.ts";
import { createAccessLists } from "#aws/table/access-lists.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createBans } from "#aws/table/bans.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { createSessionVersions } from "#aws/table/session-versions.ts";
import { openTable } from "#aws/table/table.ts";
import { createUsageCounter } from "#aws/table/usage-counter.ts";
import type { Plans } from "#domain/plans/plan.ts";
import { createKeptTokens } from "#domain/playback/kept-tokens.ts";
import type { PlaybackSigner } from "#domain/playback/signer.ts";
import { countCalls } from "../shared/api/plan.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

/** Built into the bundle: `accounts.plans`, and `playback` of the settings. */
declare const PLANS: Plans;
declare const TOKEN_SECONDS: number;
declare const ORIGINS: readonly string[];
declare const STRICT_ORIGIN: boolean;

const { TABLE_NAME, SIGNING_KEY, SIGNING_KEY_FINGERPRINT } = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), TABLE_NAME);

/**
 * The variables alone say by which key, and in which way: a deploy changes them all at once, but not at the same moment
 * as the code.
 */
function makeSigner(): PlaybackSigner | undefined {
  if (SIGNING_KEY === undefined) return undefined;
  if (SIGNING_KEY_FINGERPRINT === undefined) return createKmsSigner(new KMSClient(), SIGNING_KEY);
  const key = { secretId: SIGNING_KEY, fingerprint: SIGNING_KEY_FINGERPRINT };
  return createSecretSigner({ secrets: new SecretsManagerClient(), ...key, now: Date.now });
}

const signer = makeSigner();

/** Called by API Gateway, which has checked the caller's token. */
export const handler = makeHandler(
  {
    accounts: createAccountStore(table),
    profiles: createProfiles(table),
    origins: ORIGINS,
    watching: signer && {
      signer,
      bans: createBans(table),
      lists: createAccessLists(table),
      versions: createSessionVersions(table),
      kept: createKeptTokens(),
      policy: { lifetimeSeconds: TOKEN_SECONDS, strictOrigin: STRICT_ORIGIN },
      now: Date.now,
      newId: randomUUID,
    },
  },
  log,
  countCalls({ plans: PLANS, counter: createUsageCounter(table), now: Date.now }),
);
