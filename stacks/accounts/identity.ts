import { Construct } from "constructs";
import type { Table } from "#constructs/data/table.ts";
import { UserGroups } from "#constructs/identity/user-groups.ts";
import { UserPool } from "#constructs/identity/user-pool.ts";
import { UserPoolClient } from "#constructs/identity/user-pool-client.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import type { Queue } from "#constructs/queue/queue.ts";
import type { Environment } from "#handlers/confirm-sign-up/env.ts";
import type { AccountsSettings } from "#settings/accounts.ts";

export interface IdentityProps {
  readonly accounts: AccountsSettings;
  /** The platform's. */
  readonly table: Table;
  /** Takes accounts that have work left. */
  readonly workQueue: Queue;
}

/** Cognito waits no longer for a trigger. */
const TRIGGER_SECONDS = 5;

/** Who may sign in, how a page signs them in, and what a confirmed sign-up sets off. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  /** The page's. */
  readonly client: UserPoolClient;
  readonly groups: UserGroups;

  constructor(scope: Construct, id: string, { accounts, table, workQueue }: IdentityProps) {
    super(scope, id);
    const confirm = new NodeFunction<Environment>(this, "confirm-sign-up", {
      handler: "confirm-sign-up",
      timeoutSeconds: TRIGGER_SECONDS,
      // A cold start counts against the five seconds, and a function's CPU grows with its memory.
      memoryMegabytes: 512,
    });
    confirm.bind(table, { variable: "TABLE_NAME", access: { actions: ["GetItem", "PutItem"] } });
    confirm.bind(workQueue, { variable: "WORK_QUEUE_URL", access: "send" });
    this.userPool = new UserPool(this, "users", {
      postConfirmation: confirm,
      ...(accounts.email && { email: accounts.email }),
    });
    this.client = new UserPoolClient(this, "page", { userPool: this.userPool });
    this.groups = new UserGroups(this, "groups", {
      userPool: this.userPool,
      entries: [
        { name: "admins", description: "May do everything that owners and moderators may, in every channel" },
        { name: "moderators", description: "May delete messages and ban people in every room" },
      ],
    });
  }

  get outputs(): Record<string, string> {
    return { user_pool_id: this.userPool.userPoolId, user_pool_client_id: this.client.clientId };
  }
}
