import { Construct } from "constructs";
import type { Table } from "#constructs/data/table.ts";
import type { Cors } from "#constructs/http-api/cors.ts";
import { HttpApi } from "#constructs/http-api/http-api.ts";
import type { UserPool } from "#constructs/identity/user-pool.ts";
import type { UserPoolClient } from "#constructs/identity/user-pool-client.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Queue } from "#constructs/queue/queue.ts";
import { type ApiRoute, defaultThrottle, routes } from "#domain/api/routes.ts";
import type { Environment as PublicEnvironment } from "#handlers/api-public/env.ts";
import type { Environment as StreamEnvironment } from "#handlers/api-stream/env.ts";
import type { AccountsSettings } from "#settings/accounts.ts";
import { grantPublic, grantStream } from "./api-grants.ts";
import type { Pictures } from "./pictures.ts";
import type { PlaybackTokens } from "./playback-tokens.ts";

export interface PlatformApiProps {
  /** In the tag `onair:environment`. */
  readonly environmentName: string;
  readonly accounts: AccountsSettings;
  /** The platform's. */
  readonly table: Table;
  /** Takes accounts that have work left. */
  readonly workQueue: Queue;
  /** Takes the banned, who are to be disconnected again. */
  readonly disconnects: Queue;
  readonly userPool: UserPool;
  /** The page's, whose tokens open the routes for signed-in users. */
  readonly client: UserPoolClient;
  readonly pictures: Pictures;
  /** Makes tokens for private channels. */
  readonly playbackTokens: PlaybackTokens;
  /** Whether there is a key to sign them by. */
  readonly privateChannels: boolean;
}

/** Enough CPU for an answer that takes some milliseconds, and for a cold start that people do not wait long for. */
const memoryMegabytes = 512;
const timeoutSeconds = 10;

const cors = (allowOrigins: readonly string[]): Cors => ({
  allowOrigins,
  allowHeaders: ["authorization", "content-type", "idempotency-key"],
  exposeHeaders: ["retry-after", "x-request-id"],
});

/**
 * The platform's API: every route of the table (domain/api/routes.ts), answered by two functions, since code that everyone
 * may call must not share a role with what can read a stream key; and by a third, which alone may sign playback tokens.
 */
export class PlatformApi extends Construct {
  readonly api: HttpApi;
  /** Answers everyone, below `/public`. */
  readonly publicFunction: NodeFunction<PublicEnvironment>;
  /** Answers signed-in users, below `/stream`. */
  readonly streamFunction: NodeFunction<StreamEnvironment>;

  constructor(scope: Construct, id: string, props: PlatformApiProps) {
    super(scope, id);
    const { accounts, environmentName, pictures, userPool, client } = props;
    const { allowedOrigins, plans, chatSessionMinutes, allowPrivateWebhooks } = accounts;
    const shared = { memoryMegabytes, timeoutSeconds };
    this.publicFunction = new NodeFunction<PublicEnvironment>(this, "api-public", {
      ...shared,
      handler: "api-public",
      constants: { CHAT_SESSION_MINUTES: chatSessionMinutes },
      environment: { PICTURES_BUCKET: pictures.bucketName },
    });
    grantPublic(this.publicFunction, props);
    this.streamFunction = new NodeFunction<StreamEnvironment>(this, "api-stream", {
      ...shared,
      handler: "api-stream",
      constants: {
        PLANS: plans,
        CHAT_SESSION_MINUTES: chatSessionMinutes,
        ALLOW_PRIVATE_WEBHOOKS: allowPrivateWebhooks,
        PRIVATE_CHANNELS: props.privateChannels,
      },
      environment: {
        ENVIRONMENT_NAME: environmentName,
        USER_POOL_ID: userPool.userPoolId,
        PICTURES_BUCKET: pictures.bucketName,
      },
    });
    grantStream(this.streamFunction, props);
    const usual = { open: this.publicFunction, "signed-in": this.streamFunction };
    this.api = new HttpApi(this, "http", {
      routes: Object.values<ApiRoute>(routes).map(({ share: _, handler, ...route }) => ({
        ...route,
        handler: handler === "playback-token" ? props.playbackTokens.function : usual[route.access],
      })),
      throttle: defaultThrottle,
      signIn: { userPool, clients: [client] },
      ...(allowedOrigins.length > 0 && { cors: cors(allowedOrigins) }),
    });
  }

  get outputs(): Record<string, string> {
    return this.api.outputs;
  }
}
