import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js";
import { expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { Dashboard } from "#constructs/observability/dashboard.ts";

const stack = testStack();
new Dashboard(stack, "dashboard", {
  rows: [
    {
      heading: "Streams",
      charts: [
        {
          ...{ title: "At once", statistic: "Maximum" },
          lines: [{ namespace: "AWS/IVS", name: "ConcurrentStreams", label: "streams" }],
          limit: { value: 100, label: "quota" },
        },
        {
          ...{ title: "Frames", statistic: "Average" },
          lines: { eachOf: "Channel", namespace: "AWS/IVS", name: "IngestFramerate" },
        },
      ],
    },
    { heading: "Work", charts: [{ title: "Calls", statistic: "Sum", lines: [] }] },
  ],
});
const { widgets } = JSON.parse(String(template(stack).resource(CloudwatchDashboard).dashboard_body));

it("puts charts beside each other below their heading, row by row", () => {
  const places = widgets.map(({ type, x, y, width, height }: Record<string, unknown>) => [type, x, y, width, height]);
  expect(places).toEqual([
    ["text", 0, 0, 24, 1],
    ["metric", 0, 1, 12, 6],
    ["metric", 12, 1, 12, 6],
    ["text", 0, 7, 24, 1],
    ["metric", 0, 8, 24, 6],
  ]);
});

it("draws metrics by their names, and a limit across", () => {
  expect(widgets[1].properties).toEqual({
    ...{ title: "At once", region: "eu-west-1", view: "timeSeries", stat: "Maximum", period: 60 },
    metrics: [["AWS/IVS", "ConcurrentStreams", { label: "streams" }]],
    annotations: { horizontal: [{ value: 100, label: "quota" }] },
  });
});

it("finds each channel's line when somebody looks", () => {
  expect(widgets[2].properties.metrics).toEqual([
    [{ expression: `SEARCH('{AWS/IVS,Channel} MetricName="IngestFramerate"', 'Average', 60)`, id: "each" }],
  ]);
});
