import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { describe, expect, it } from "vitest";
import { environment, stacks } from "#__tests__/support/stacks.ts";
import { ownDimension, ownMetrics, ownNamespace } from "#domain/operations/own-metrics.ts";
import { serviceMetrics } from "#domain/operations/service-metrics.ts";
import { countedBy } from "./fixture/counted-by.ts";

const ROOT = join(import.meta.dirname, "../../..");
const { platform } = stacks(environment("dev", { operations: { concurrentStreamsQuota: 50 } }));
const alarms = platform.resources(CloudwatchMetricAlarm);

/** A metric as something names it. */
interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
  /** What stands for the function's name, where it is told apart by one. */
  readonly function?: string;
}

const functionIn = ({ [ownDimension]: name }: Readonly<Record<string, string>>): Pick<Named, "function"> =>
  name === undefined ? {} : { function: name };

const inAlarms: Named[] = alarms.map(({ namespace, metric_name, dimensions = {} }) => ({
  ...{ namespace: String(namespace), name: String(metric_name) },
  dimensions: Object.keys(dimensions as object),
  ...functionIn(dimensions as Record<string, string>),
}));

const inDashboard: Named[] = JSON.parse(String(platform.resource(CloudwatchDashboard).dashboard_body))
  .widgets.flatMap(({ properties }: { properties: { metrics?: unknown[][] } }) => properties.metrics ?? [])
  .map((line: (string | { expression?: string })[]) => {
    const words = line.filter((word) => typeof word === "string");
    const [last] = line.slice(-1);
    const expression = typeof last === "object" ? last.expression : undefined;
    if (expression === undefined) {
      const [namespace = "", name = "", ...pairs] = words;
      const dimensions = pairs.filter((_, place) => place % 2 === 0);
      const values = Object.fromEntries(dimensions.map((dimension, place) => [dimension, pairs[2 * place + 1] ?? ""]));
      return { namespace, name, dimensions, ...functionIn(values) };
    }
    const found = /^SEARCH\('\{([^,}]+),([^}]+)\} MetricName="(\w+)"'/.exec(expression);
    return { namespace: found?.[1], name: found?.[3], dimensions: (found?.[2] ?? "").split(",") };
  });

/** By what stands for a function's name, the folder of its code. */
const folders = new Map(
  Object.entries(platform.json.output?.functions?.value as Record<string, string>).map(([folder, name]) => [
    name,
    folder,
  ]),
);

const isKnown = ({ namespace, name, dimensions }: Named): boolean =>
  namespace === ownNamespace
    ? name in ownMetrics && JSON.stringify(dimensions) === JSON.stringify([ownDimension])
    : serviceMetrics.some(
        (known) =>
          known.namespace === namespace &&
          known.names.includes(name) &&
          known.dimensions.some((some) => JSON.stringify(some) === JSON.stringify(dimensions)),
      );

describe("every metric of the platform", () => {
  it.each([
    ["alarms", inAlarms],
    ["the dashboard", inDashboard],
  ])("that %s name is one that our code counts, or stands with its source among those of services", (_, named) => {
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((metric) => !isKnown(metric))).toEqual([]);
  });

  const own = (named: readonly Named[]) =>
    named
      .filter(({ namespace }) => namespace === ownNamespace)
      .map(({ name, function: one = "" }) => ({ name, folder: folders.get(one) ?? one }));

  it.each([
    ["alarms", inAlarms],
    ["the dashboard", inDashboard],
  ])("of our own that %s name is counted by the code of that very function", (_, named) => {
    expect(own(named).length).toBeGreaterThan(4);
    expect(own(named).filter(({ name, folder }) => !countedBy(folder).includes(name))).toEqual([]);
  });

  it.each(Object.keys(ownMetrics))("of our own is in a chart for each function that counts it: %s", (name) => {
    const counting = [...folders.values()].filter((folder) => countedBy(folder).includes(name));
    const shown = own(inDashboard).flatMap((one) => (one.name === name ? one.folder : []));
    expect(counting.length).toBeGreaterThan(0);
    expect(shown.sort()).toEqual(counting.sort());
  });

  it("wakes people for each function that counts calls which IVS put off", () => {
    const woken = own(inAlarms).flatMap(({ name, folder }) => (name === "ServiceThrottles" ? folder : []));
    expect(woken.sort()).toEqual(["api-stream", "work-accounts"]);
  });

  it("is named by an alarm or a chart", () => {
    const named = new Set([...inAlarms, ...inDashboard].map(({ namespace, name }) => `${namespace} ${name}`));
    const known = [
      ...Object.keys(ownMetrics).map((name) => `${ownNamespace} ${name}`),
      ...serviceMetrics.flatMap(({ namespace, names }) => names.map((name) => `${namespace} ${name}`)),
    ];
    expect(known.filter((metric) => !named.has(metric))).toEqual([]);
  });

  it("of a service says which page has it", () => {
    for (const { source } of serviceMetrics) expect(source).toMatch(/Guide, |guide does not have it/);
  });
});

describe("the dashboard", () => {
  it.each([
    ...["IngestVideoBitrate", "IngestAudioBitrate", "IngestFramerate", "KeyframeInterval", "ConcurrentViews"],
    ...["ConcurrentStreams", "ConcurrentChatConnections", "MessagesDelivered", "MessagingDeliveries"],
  ])("shows %s", (name) => {
    expect(inDashboard.map((metric) => metric.name)).toContain(name);
  });
});

describe("the alarms", () => {
  const called = (name: string) => alarms.find(({ alarm_name }) => alarm_name === `onair-dev-operations-${name}`);

  it("are one for each queue of dead letters, and none is left out", () => {
    const queues = platform.resources(SqsQueue).map(({ name }) => String(name));
    const watched = inAlarms.filter(({ namespace }) => namespace === "AWS/SQS");
    expect(watched).toHaveLength(queues.filter((name) => name.endsWith("-dead-letters")).length);
    expect(new Set(alarms.map(({ dimensions }) => JSON.stringify(dimensions))).size).toBeGreaterThan(watched.length);
  });

  it("take five minutes without a walk over what is on air for one", () => {
    expect(called("observe-late")).toMatchObject({
      ...{ namespace: "Onair", metric_name: "ObservePasses", statistic: "Sum", period: 300 },
      ...{ comparison_operator: "LessThanThreshold", threshold: 1, treat_missing_data: "breaching" },
    });
  });

  it("come at four fifths of the streams that the settings say the account may have", () => {
    expect(called("streams-near-quota")).toMatchObject({ threshold: 39, metric_name: "ConcurrentStreams" });
  });

  it("come before a review takes the 200 ms that a room waits", () => {
    expect(called("review-slow")).toMatchObject({ extended_statistic: "p99", threshold: 150 });
  });

  it("each name a runbook that there is", () => {
    const named = alarms.map(
      ({ alarm_description }) => /docs\/\S+\.md$/.exec(String(alarm_description))?.[0] ?? "none",
    );
    const there = readdirSync(join(ROOT, "docs/runbooks")).map((page) => `docs/runbooks/${page}`);
    expect(named.filter((page) => !there.includes(page))).toEqual([]);
  });

  it.each(
    Object.keys(platform.json.resource?.aws_cloudwatch_metric_alarm ?? {}).map((id) => id.replace(/^operations_/, "")),
  )("are told of in the guide: %s", (id) => {
    const guide = readFileSync(join(ROOT, "docs/guide/operations.md"), "utf8");
    expect(guide).toContain(id.startsWith("dead-letters_") ? "`dead-letters-…`" : `\`${id}\``);
  });
});
