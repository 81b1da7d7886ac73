import { randomBytes, randomUUID } from "node:crypto";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { keysInTurn, requestPace } from "#aws/accounts/in-turn.ts";
import { createStreamKeys } from "#aws/accounts/stream-keys.ts";
import { systemClock } from "#aws/accounts/system-clock.ts";
import { createUserPool } from "#aws/accounts/users.ts";
import { createWorkQueue } from "#aws/accounts/work-queue.ts";
import { createChatTokens } from "#aws/chat/chat-tokens.ts";
import { chatEndpoint } from "#aws/chat/endpoint.ts";
import { createLateDisconnects } from "#aws/chat/late-disconnects.ts";
import { createMemberGroups } from "#aws/chat/member-groups.ts";
import { createRoomControl } from "#aws/chat/room-control.ts";
import { readStreamKeyValue } from "#aws/ivs/stream-key-value.ts";
import { readSessionMetrics } from "#aws/metrics/session-metrics.ts";
import { createPictures } from "#aws/pictures/pictures.ts";
import { createChannelAccess } from "#aws/playback/channel-access.ts";
import { createViewerSessions } from "#aws/playback/viewer-sessions.ts";
import { createAccessLists } from "#aws/table/access-lists.ts";
import { createAccountStore } from "#aws/table/account-store.ts";
import { createBans } from "#aws/table/bans.ts";
import { createModerationAudit } from "#aws/table/moderation-audit.ts";
import { createProfiles } from "#aws/table/profiles.ts";
import { readSessionEntries } from "#aws/table/session-history.ts";
import { createSessionVersions } from "#aws/table/session-versions.ts";
import { createSlowModes } from "#aws/table/slow-modes.ts";
import { openTable } from "#aws/table/table.ts";
import { createUsageCounter } from "#aws/table/usage-counter.ts";
import { createWebhooks } from "#aws/table/webhooks.ts";
import type { Plans } from "#domain/plans/plan.ts";
import { secretBytes } from "#domain/webhooks/signature.ts";
import { randomName } from "../shared/accounts/random-name.ts";
import { countCalls } from "../shared/api/plan.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

/** Built into the bundle: `accounts.plans`, `allowPrivateWebhooks` and `chatSessionMinutes` of the settings. */
declare const PLANS: Plans;
declare const ALLOW_PRIVATE_WEBHOOKS: boolean;
declare const CHAT_SESSION_MINUTES: number;
/** Whether `playbackKeys` names a key. */
declare const PRIVATE_CHANNELS: boolean;

const variables = readEnvironment(environment);
const table = openTable(new DynamoDBClient(), variables.TABLE_NAME);
const ivs = new IvsClient();
const ivsOnce = new IvsClient({ maxAttempts: 1 });
const chat = new IvschatClient();
const sqs = new SQSClient();
const cognito = new CognitoIdentityProviderClient();
const users = createUserPool(cognito, variables.USER_POOL_ID);
const bans = createBans(table);
const accessLists = createAccessLists(table);
const revocation = { versions: createSessionVersions(table), sessions: createViewerSessions(ivs) };
const slowModes = createSlowModes(table);
const usage = createUsageCounter(table);
const cloudWatch = new CloudWatchClient();
const keys = createStreamKeys({ ivs, ivsOnce, environment: variables.ENVIRONMENT_NAME });

/** Called by API Gateway, which has checked the caller's token. */
export const handler = makeHandler(
  {
    accounts: createAccountStore(table),
    profiles: createProfiles(table),
    queue: createWorkQueue(sqs, variables.WORK_QUEUE_URL),
    nickname: (sub) => users.nickname(sub),
    randomName,
    usage,
    keys: keysInTurn(keys, requestPace(table)),
    keyValue: (keyArn) => readStreamKeyValue(ivs, keyArn),
    clock: systemClock,
    newHolder: randomUUID,
    pictures: createPictures(new S3Client(), variables.PICTURES_BUCKET),
    newUpload: () => randomBytes(16).toString("hex"),
    sessionEntries: (channelArn, page) => readSessionEntries(table, channelArn, page),
    sessionMetrics: (channelArn, stretch) => readSessionMetrics(cloudWatch, channelArn, stretch, Date.now()),
    webhooks: createWebhooks(table),
    newSecret: () => randomBytes(secretBytes),
    allowPrivateWebhooks: ALLOW_PRIVATE_WEBHOOKS,
    accessLists,
    revocation,
    channelAccess: createChannelAccess(ivs),
    privateChannels: PRIVATE_CHANNELS,
    bans,
    slowModes,
    chatTokens: createChatTokens(chat, { endpoint: chatEndpoint(process.env), sessionMinutes: CHAT_SESSION_MINUTES }),
    moderation: {
      ...{ bans, slowModes, now: Date.now },
      audit: createModerationAudit(table),
      rooms: createRoomControl(chat),
      lateDisconnects: createLateDisconnects(sqs, variables.DISCONNECT_QUEUE_URL),
      groups: createMemberGroups(cognito, variables.USER_POOL_ID),
      watching: revocation,
      newId: () => randomBytes(6).toString("hex"),
    },
    now: Date.now,
  },
  log,
  countCalls({ plans: PLANS, counter: usage, now: Date.now }),
);
