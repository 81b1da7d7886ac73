import { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Table } from "#constructs/data/table.ts";
import type { TableAccess } from "#constructs/data/table-access.ts";
import { EventRule } from "#constructs/events/event-rule.ts";
import { Schedule } from "#constructs/events/schedule.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { Queue } from "#constructs/queue/queue.ts";
import type { AccountsSettings } from "#settings/accounts.ts";

export interface LiveStateProps {
  readonly table: Table;
  readonly accounts: AccountsSettings;
}

/** What Amazon IVS says of channels, by detail-type (IVS user guide, EventBridge). */
const DETAIL_TYPES = [
  "IVS Stream State Change",
  "IVS Stream Health Change",
  "IVS Limit Breach",
  "IVS Recording State Change",
];

const STREAM_STATE: TableAccess = { actions: ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"] };
const OBSERVE: TableAccess = { actions: ["GetItem", "BatchGetItem", "UpdateItem"], indexes: ["live-newest"] };
const SEND: TableAccess = { actions: ["GetItem", "PutItem"] };

/** Ten posts side by side take 5 s at most; the rest is for the table and a cold start. */
const SEND_TIMEOUT_SECONDS = 20;

/**
 * Which channels are on air: by events, which may be late, lost or doubled, and by a walk over all streams each minute,
 * which sets right what they got wrong. Owners who want to be told are told by their webhook.
 */
export class LiveState extends Construct {
  /** What Amazon IVS says, until it is taken; events that cannot be read end in its dead letters. */
  readonly events: Queue;
  /** Messages to webhooks, until they are told. */
  readonly webhooks: Queue;

  constructor(scope: Construct, id: string, { table, accounts }: LiveStateProps) {
    super(scope, id);
    this.webhooks = new Queue(this, "webhooks");
    const sendWebhook = new NodeFunction(this, "send-webhook", {
      handler: "send-webhook",
      constants: { ALLOW_PRIVATE_WEBHOOKS: accounts.allowPrivateWebhooks },
      timeoutSeconds: SEND_TIMEOUT_SECONDS,
    });
    this.#connect(sendWebhook, table, SEND);
    this.webhooks.consume(sendWebhook);

    const streamState = new NodeFunction(this, "stream-state", {
      handler: "stream-state",
      constants: { SESSION_HISTORY_DAYS: accounts.sessionHistoryDays },
      timeoutSeconds: 30,
    });
    this.#connect(streamState, table, STREAM_STATE);
    this.events = new Queue(this, "events");
    this.events.consume(streamState);
    new EventRule(this, "rule", { source: "aws.ivs", detailTypes: DETAIL_TYPES, target: this.events });

    const observeStreams = new NodeFunction(this, "observe-streams", {
      handler: "observe-streams",
      invocation: "asynchronous",
      timeoutSeconds: 60,
    });
    this.#connect(observeStreams, table, OBSERVE);
    observeStreams.grant({
      sid: "ListStreams",
      actions: ["ivs:ListStreams"],
      resources: [AwsStack.of(this).arn("ivs", "channel/*")],
    });
    new Schedule(this, "each-minute", { everyMinutes: 1, target: observeStreams });
  }

  #connect(fn: NodeFunction, table: Table, access: TableAccess): void {
    fn.bind(table, { variable: "TABLE_NAME", access });
    fn.bind(this.webhooks, { variable: "WEBHOOK_QUEUE_URL", access: "send" });
  }
}
