import { join } from "node:path";
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { App } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { amazon } from "#__tests__/local/fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { Alarm } from "#constructs/observability/alarm.ts";
import { AlarmTopic } from "#constructs/observability/alarm-topic.ts";
import { Dashboard } from "#constructs/observability/dashboard.ts";

/** Where the helpers of these tests call. */
const REGION = "us-east-1";
const counted = (name: string, functionName: string) => ({
  ...{ namespace: "Onair", name, dimensions: { FunctionName: functionName } },
});

let own: OwnCloud;
let terraform: Terraform;
let cloudWatch: CloudWatchClient;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required", region: REGION });
  cloudWatch = new CloudWatchClient(client(own.cloud, own.root));
  const app = new App({ outdir: join(own.folder, "out") });
  const stack = new AwsStack(app, "watched", { region: REGION, namePrefix: "test", tags: { project: "onair" } });
  const topic = new AlarmTopic(stack, "alarms", { emails: ["ops@example.com"] });
  const late = counted("ObservePasses", "observe");
  const tells = { topic, description: "told" };
  new Alarm(stack, "late", { ...tells, metric: late, statistic: "Sum", threshold: { below: 1 }, silence: "alarm" });
  new Alarm(stack, "lost", { ...tells, metric: counted("Lost", "a"), statistic: "Sum", threshold: { above: 0 } });
  new Alarm(stack, "slow", { ...tells, metric: counted("Took", "a"), statistic: "p99", threshold: { above: 150 } });
  new Dashboard(stack, "dashboard", {
    rows: [{ heading: "Walks", charts: [{ title: "Walks", statistic: "Sum", lines: [late] }] }],
  });
  app.synth();
  terraform = new Terraform(join(own.folder, "out/stacks/watched"), own.cloud.environment);
});
afterAll(async () => {
  cloudWatch.destroy();
  await own[Symbol.asyncDispose]();
});

const states = async () => {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
  return Object.fromEntries(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]));
};

const put = (name: string, functionName: string, Value: number) =>
  cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: "Onair",
      MetricData: [{ MetricName: name, Value, Dimensions: [{ Name: "FunctionName", Value: functionName }] }],
    }),
  );

it("alarms, their topic and a dashboard are deployed, and the next plan is empty", async () => {
  await terraform.init();
  await terraform.apply();
  expect(await terraform.changes()).toEqual([]);
});

it("an alarm looks at its own metric alone, and not at that of another function", async () => {
  await put("Lost", "b", 1);
  await put("Took", "a", 120);
  expect(await states()).toMatchObject({ "test-slow": "OK" });
  expect((await states())["test-lost"]).not.toBe("ALARM");
  await put("Lost", "a", 1);
  await put("Took", "a", 400);
  expect(await states()).toMatchObject({ "test-lost": "ALARM", "test-slow": "ALARM" });
});

it("what a function writes into its log is counted", async () => {
  const account = amazon(own.cloud.endpoint, own.root);
  const role = await account.role("observe", [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" }]);
  const block = { Namespace: "Onair", Dimensions: [["FunctionName"]], Metrics: [{ Name: "ObservePasses" }] };
  const line = { _aws: { CloudWatchMetrics: [block] }, ObservePasses: 1 };
  const source = `exports.handler = async () => {
    process.stdout.write(JSON.stringify({ ...${JSON.stringify(line)}, FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME }) + "\\n");
    process.stdout.write('{"_aws": "no block"}\\n');
  };`;
  await account.function("observe", role, source);
  expect(await account.invoke("observe")).toMatchObject({ failed: false });
  await expect.poll(states, { timeout: 20_000, interval: 500 }).toMatchObject({ "test-late": "OK" });
});
