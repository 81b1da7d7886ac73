import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { physicalName } from "../core/name.ts";
import type { Metric, Statistic } from "./metric.ts";

/** Lines of one chart. */
export interface Chart {
  readonly title: string;
  readonly statistic: Statistic;
  /** A line each; or one for each value of a dimension, whichever there are when somebody looks. */
  readonly lines: readonly (Metric & { readonly label?: string })[] | EachOf;
  /** Drawn across, for example a quota. @default none */
  readonly limit?: { readonly value: number; readonly label: string };
  /** @default 60 */
  readonly periodSeconds?: number;
}

/** A metric by each value of one dimension. */
export interface EachOf {
  readonly eachOf: string;
  readonly namespace: string;
  readonly name: string;
}

export interface DashboardProps {
  /** Charts beside each other, row by row, each under a heading. */
  readonly rows: readonly { readonly heading: string; readonly charts: readonly Chart[] }[];
}

/** CloudWatch's grid. */
const COLUMNS = 24;
const CHART_HEIGHT = 6;
const HEADING_HEIGHT = 1;

/** Charts of what goes on, for people. */
export class Dashboard extends Construct {
  /** The underlying `aws_cloudwatch_dashboard`. */
  readonly resource: CloudwatchDashboard;

  constructor(scope: Construct, id: string, { rows }: DashboardProps) {
    super(scope, id);
    const { region } = AwsStack.of(this);
    const rowHeight = HEADING_HEIGHT + CHART_HEIGHT;
    const widgets = rows.flatMap(({ heading, charts }, row) => {
      const y = row * rowHeight;
      const width = Math.floor(COLUMNS / charts.length);
      return [
        {
          ...{ type: "text", x: 0, y, width: COLUMNS, height: HEADING_HEIGHT },
          properties: { markdown: `## ${heading}`, background: "transparent" },
        },
        ...charts.map((chart, column) => ({
          ...{ type: "metric", x: column * width, y: y + HEADING_HEIGHT, width, height: CHART_HEIGHT },
          properties: propertiesOf(chart, region),
        })),
      ];
    });
    this.resource = new CloudwatchDashboard(this, "Resource", {
      dashboardName: physicalName(this, { maximumLength: 255 }),
      dashboardBody: JSON.stringify({ widgets }),
    });
  }

  get dashboardName(): string {
    return this.resource.dashboardName;
  }

  get outputs(): Record<string, string> {
    return { name: this.dashboardName };
  }
}

function propertiesOf({ title, statistic, lines, limit, periodSeconds = 60 }: Chart, region: string): object {
  return {
    ...{ title, region, view: "timeSeries", stat: statistic, period: periodSeconds },
    metrics: "eachOf" in lines ? [[search(lines, statistic, periodSeconds)]] : lines.map(line),
    ...(limit && { annotations: { horizontal: [limit] } }),
  };
}

function line({ namespace, name, dimensions = {}, label }: Metric & { readonly label?: string }): unknown[] {
  return [namespace, name, ...Object.entries(dimensions).flat(), ...(label === undefined ? [] : [{ label }])];
}

/** A search as CloudWatch reads it (CloudWatch user guide, search expressions). */
function search({ namespace, eachOf, name }: EachOf, statistic: Statistic, periodSeconds: number): object {
  const expression = `SEARCH('{${namespace},${eachOf}} MetricName="${name}"', '${statistic}', ${periodSeconds})`;
  return { expression, id: "each" };
}
