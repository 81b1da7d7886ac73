import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import { Construct } from "constructs";
import { checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import type { IConsumer } from "../lambda/consumer.ts";
import { DeadLetterQueue } from "../queue/dead-letter-queue.ts";
import type { Table } from "./table.ts";

export interface TableStreamProps {
  /** A table with a `stream`. */
  readonly table: Table;
  /** Called with its changes, in the order of each partition key; answers which of them failed. */
  readonly consumer: IConsumer;
  /** Which changes it is called for, as EventBridge patterns of a stream record. @default all */
  readonly patterns?: readonly Readonly<Record<string, unknown>>[];
  /** Most changes of one call, 1 to 10000. @default 100 */
  readonly batchSize?: number;
  /** How often a failing change is tried again before it goes to the dead letters, 0 to 10000. @default 5 */
  readonly maximumRetries?: number;
}

/** The one consumer of a table's stream. A failing batch is halved until the bad change stands alone. */
export class TableStream extends Construct {
  /** The underlying `aws_lambda_event_source_mapping`. */
  readonly resource: LambdaEventSourceMapping;
  /** Says where in the stream the failed changes are (kept there for a day), not what they were. */
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: TableStreamProps) {
    super(scope, id);
    const { table, consumer, patterns = [], batchSize = 100, maximumRetries = 5 } = props;
    checkRange(this, "batchSize", batchSize, { minimum: 1, maximum: 10_000, unit: "changes" });
    checkRange(this, "maximumRetries", maximumRetries, { minimum: 0, maximum: 10_000, unit: "retries" });
    if (table.resource.streamEnabledInput !== true) {
      throw new ConfigError("ERR_NO_STREAM", this, "table", "must have a stream", table.node.path);
    }
    const { streamArn } = table.resource;
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters");
    this.deadLetters.grantSend(consumer);
    consumer.grant({
      sid: "ConsumeStream",
      // Lambda asks for all four when it is connected, ListStreams for this stream.
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      resources: [streamArn],
    });
    this.resource = new LambdaEventSourceMapping(this, "Resource", {
      eventSourceArn: streamArn,
      functionName: consumer.functionArn,
      startingPosition: "TRIM_HORIZON",
      batchSize,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: maximumRetries,
      functionResponseTypes: ["ReportBatchItemFailures"],
      destinationConfig: { onFailure: { destinationArn: this.deadLetters.queueArn } },
      ...(patterns.length > 0 && {
        filterCriteria: { filter: patterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
      }),
      dependsOn: [consumer.grants],
    });
  }
}
