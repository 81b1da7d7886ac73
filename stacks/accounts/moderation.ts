import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Grantee } from "#constructs/core/policy.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import type { Table } from "#constructs/data/table.ts";
import { TableStream } from "#constructs/data/table-stream.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { Queue } from "#constructs/queue/queue.ts";
import type { Environment as DisconnectEnvironment } from "#handlers/disconnect-banned/env.ts";
import type { Environment as ExportEnvironment } from "#handlers/export-audit/env.ts";

/** Thirteen months and some days: a year's audit can be looked into after the year is over. */
const AUDIT_DAYS = 400;

/** New rows of the audit, and no other change of the table. */
const NEW_AUDIT_ROWS = { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "AUDIT#" }] } } } };

/** What a function may do in rooms while they are open. */
export type RoomAction = "CreateChatToken" | "DeleteMessage" | "DisconnectUser" | "SendEvent";

export interface ModerationProps {
  /** The platform's, with a stream. */
  readonly table: Table;
  /** In the tag `onair:environment` of every room. */
  readonly environmentName: string;
}

/** What becomes of a moderator's act: its audit is kept in a bucket, and the banned are disconnected once more. */
export class Moderation extends Construct {
  /** `audit/<yyyy>/<mm>/<dd>/<sequence number>.jsonl`, one JSON object a line. */
  readonly audit: PrivateBucket;
  /** Bans are put here, to be looked at again when tokens from before them have run out. */
  readonly disconnects: Queue;

  constructor(scope: Construct, id: string, { table, environmentName }: ModerationProps) {
    super(scope, id);
    this.audit = new PrivateBucket(this, "audit", { expireAfterDays: AUDIT_DAYS });
    const exporter = new NodeFunction<ExportEnvironment>(this, "export-audit", {
      handler: "export-audit",
      environment: { AUDIT_BUCKET: this.audit.bucketName },
      timeoutSeconds: 30,
    });
    exporter.grant({
      sid: "WriteAudit",
      actions: ["s3:PutObject"],
      resources: [`${this.audit.bucketArn}/audit/*`],
    });
    new TableStream(this, "audit-stream", { table, consumer: exporter, patterns: [NEW_AUDIT_ROWS] });

    this.disconnects = new Queue(this, "disconnects");
    const disconnector = new NodeFunction<DisconnectEnvironment>(this, "disconnect-banned", {
      handler: "disconnect-banned",
    });
    disconnector.bind(table, { variable: "TABLE_NAME", access: { actions: ["GetItem"] } });
    allowInRooms(disconnector, environmentName, ["DisconnectUser"]);
    this.disconnects.consume(disconnector);
  }
}

/** Lets a function act in the rooms of this environment: those of the house and of users, by their tag. */
export function allowInRooms(
  grantee: Grantee & Construct,
  environmentName: string,
  actions: readonly RoomAction[],
): void {
  grantee.grant({
    sid: "ActInRooms",
    actions: actions.map((action) => `ivschat:${action}`),
    resources: [AwsStack.of(grantee).arn("ivschat", "room/*")],
    conditions: { StringEquals: { "aws:ResourceTag/onair:environment": environmentName } },
  });
}

/** Has the review of messages keep to slow mode: it reads a room's row, and writes when a sender was let through. */
export function allowSlowMode(review: NodeFunction, table: Table): void {
  review.bind(table, { variable: "TABLE_NAME", access: { actions: ["GetItem", "UpdateItem"] } });
}
