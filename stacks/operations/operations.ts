import { Construct, type IConstruct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import type { Table } from "#constructs/data/table.ts";
import type { HttpApi } from "#constructs/http-api/http-api.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { Alarm } from "#constructs/observability/alarm.ts";
import { AlarmTopic } from "#constructs/observability/alarm-topic.ts";
import { Dashboard } from "#constructs/observability/dashboard.ts";
import { DeadLetterQueue } from "#constructs/queue/dead-letter-queue.ts";
import type { OperationsSettings } from "#settings/operations.ts";
import { alarmsOf } from "./alarms.ts";
import { chartsOf } from "./charts.ts";
import { waitingIn } from "./metrics.ts";

export interface OperationsProps {
  readonly settings: OperationsSettings;
  /** The platform's. */
  readonly table: Table;
  readonly api: HttpApi;
}

/**
 * What tells people that something is wrong, and shows them what goes on. Make it last: it looks after every function and
 * every queue of dead letters that its stack has by then.
 */
export class Operations extends Construct {
  readonly topic: AlarmTopic;
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { settings, table, api }: OperationsProps) {
    super(scope, id);
    const stack = AwsStack.of(this);
    const everyFunction = stack.node.findAll().filter((node) => node instanceof NodeFunction);
    const deadLetters = stack.node.findAll().filter((node) => node instanceof DeadLetterQueue);
    const named = (handler: string): NodeFunction => {
      const found = everyFunction.find((one) => one.handler === handler);
      if (found === undefined) throw new Error(`${this.node.path}: the stack has no function ${handler}`);
      return found;
    };
    const functions = {
      ...{ review: named("review-message"), observe: named("observe-streams") },
      ...{ work: named("work-accounts"), streamState: named("stream-state"), requests: named("api-stream") },
    };
    this.topic = new AlarmTopic(this, "alarms", { emails: settings.alarmEmails });
    for (const [name, alarm] of Object.entries(alarmsOf({ functions, api, settings }))) {
      new Alarm(this, name, { ...alarm, topic: this.topic });
    }
    const letters = new Construct(this, "dead-letters");
    for (const queue of deadLetters) this.#watch(letters, queue);
    this.dashboard = new Dashboard(this, "dashboard", {
      rows: chartsOf({ ...{ functions, api, settings, everyFunction, deadLetters, table } }),
    });
  }

  /** What failed for good waits fourteen days for somebody to look at it. */
  #watch(scope: Construct, queue: DeadLetterQueue): void {
    const owner: IConstruct | undefined = queue.node.scope;
    const name = (owner?.node.path ?? "").split("/").slice(1).join("-");
    new Alarm(scope, name, {
      topic: this.topic,
      metric: waitingIn(queue),
      ...{ statistic: "Maximum", threshold: { above: 0 }, periodSeconds: 300 },
      description: `Something failed for good and waits in ${queue.resource.nameInput}. docs/runbooks/event-outage.md`,
    });
  }
}
