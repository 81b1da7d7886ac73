import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { LambdaProvisionedConcurrencyConfig } from "@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { NodeFunction, type NodeFunctionProps } from "#constructs/lambda/node-function.ts";

const MODERATION_RULES = {};

const synthesized = (props: Partial<NodeFunctionProps> = {}, use: (fn: NodeFunction) => void = () => {}) => {
  const stack = testStack();
  use(new NodeFunction(stack, "review", { handler: "review-message", constants: { MODERATION_RULES }, ...props }));
  return template(stack);
};

const roleStatements = ({ resource }: ReturnType<typeof template>) =>
  JSON.parse(resource(IamRolePolicy).policy as string).Statement;

describe("NodeFunction", () => {
  it("runs what the archive provider zipped, with modes that no umask changes", () => {
    const { dataSource, resource, json } = synthesized();
    expect(dataSource(DataArchiveFile)).toMatchObject({
      type: "zip",
      source_dir: expect.stringMatching(/^\$\{path\.module\}\/assets\//),
      output_path: "${path.module}/archives/review.zip",
      output_file_mode: "0644",
    });
    expect(resource(LambdaFunction)).toMatchObject({
      function_name: "onair-test-review",
      runtime: "nodejs22.x",
      handler: "handler.handler",
      filename: "${data.archive_file.review_Archive.output_path}",
      source_code_hash: "${data.archive_file.review_Archive.output_base64sha256}",
      timeout: 10,
      memory_size: 256,
    });
    expect(json.terraform?.required_providers?.archive).toEqual({ source: "hashicorp/archive", version: "~> 2.7" });
  });

  it("forgets its log after fourteen days", () => {
    expect(synthesized().resource(CloudwatchLogGroup)).toMatchObject({
      name: "/aws/lambda/onair-test-review",
      retention_in_days: 14,
    });
  });

  it("may write its own log and nothing else", () => {
    expect(roleStatements(synthesized())).toEqual([
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["${aws_cloudwatch_log_group.review_Logs.arn}:log-stream:*"],
      },
    ]);
  });

  it("gets exactly what it was granted; one grant over two resources is one statement", () => {
    const grant = (arn: string) => ({ sid: "Read", actions: ["s3:GetObject"], resources: [arn] });
    const template = synthesized({}, (fn) => {
      fn.grant(grant("arn:aws:s3:::a/*"));
      fn.grant(grant("arn:aws:s3:::b/*"));
    });
    expect(roleStatements(template)[1]).toEqual({
      Sid: "Read",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
    });
  });

  it.each([
    [["s3:*"], ["arn:aws:s3:::a/*"]],
    [["s3:GetObject"], ["*"]],
    [["cloudwatch:GetMetricData", "s3:GetObject"], ["*"]],
  ])("refuses a grant of %j on %j", (actions, resources) => {
    expect(() => synthesized({}, (fn) => fn.grant({ sid: "Wild", actions, resources }))).toThrow(
      'stack/review/Role, grant: must name its actions and resources; got "Wild".  ERR_WILDCARD',
    );
  });

  it("takes a grant on everything of what AWS knows no resource of", () => {
    const metrics = { sid: "ReadMetrics", actions: ["cloudwatch:GetMetricData"], resources: ["*"] };
    const [, granted] = roleStatements(synthesized({}, (fn) => fn.grant(metrics)));
    expect(granted).toMatchObject({ Action: ["cloudwatch:GetMetricData"], Resource: ["*"] });
  });

  it("refuses one sid for two different grants", () => {
    expect(() =>
      synthesized({}, (fn) => {
        fn.grant({ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] });
        fn.grant({ sid: "Read", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::a"] });
      }),
    ).toThrow("ERR_SID");
  });

  it("keeps failed calls in a queue where it is called asynchronously", () => {
    expect(synthesized().resources(SqsQueue)).toEqual([]);
    const made = synthesized({ invocation: "asynchronous" });
    expect(made.resource(SqsQueue)).toMatchObject({
      name: "onair-test-review-dead-letters",
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
    expect(made.resource(LambdaFunction).dead_letter_config).toEqual({
      target_arn: "${aws_sqs_queue.review_DeadLetters.arn}",
    });
    expect(roleStatements(made)[1]).toMatchObject({
      Action: ["sqs:SendMessage"],
      Resource: ["${aws_sqs_queue.review_DeadLetters.arn}"],
    });
  });

  it("publishes versions behind an alias, warm where asked for", () => {
    const { resource, resources } = synthesized({ alias: "live", provisionedConcurrency: 2 });
    expect(resource(LambdaFunction)).toHaveProperty("publish", true);
    expect(resource(LambdaAlias)).toMatchObject({
      name: "live",
      function_version: "${aws_lambda_function.review.version}",
    });
    expect(resource(LambdaProvisionedConcurrencyConfig)).toMatchObject({ provisioned_concurrent_executions: 2 });
    expect(synthesized({ alias: "live" }).resources(LambdaProvisionedConcurrencyConfig)).toEqual([]);
    expect(resources(LambdaAlias)).toHaveLength(1);
  });

  it("is called by its alias where it has one", () => {
    const { resource } = synthesized({ alias: "live" }, (fn) => new ReviewHandler(fn, "reviewer", fn));
    expect(resource(LambdaPermission)).toMatchObject({
      function_name: "${aws_lambda_function.review.function_name}",
      qualifier: "${aws_lambda_alias.review_Alias.name}",
    });
    expect(
      synthesized({}, (fn) => new ReviewHandler(fn, "reviewer", fn)).resource(LambdaPermission),
    ).not.toHaveProperty("qualifier");
  });

  it("reserves no concurrency of the account unless told to", () => {
    expect(synthesized().resource(LambdaFunction)).not.toHaveProperty("reserved_concurrent_executions");
    expect(synthesized({ reservedConcurrency: 5 }).resource(LambdaFunction)).toHaveProperty(
      "reserved_concurrent_executions",
      5,
    );
  });

  it.each([
    [
      { handler: "no-such" },
      'handler: must be a folder of handlers/ with a handler.ts; got "no-such".  ERR_NO_HANDLER',
    ],
    [{ timeoutSeconds: 901 }, "timeoutSeconds: must be a whole number, 1 to 900 seconds; got 901.  ERR_RANGE"],
    [{ memoryMegabytes: 64 }, "memoryMegabytes: must be a whole number, 128 to 10240 megabytes; got 64.  ERR_RANGE"],
    [{ provisionedConcurrency: 1 }, "provisionedConcurrency: needs an alias; got 1.  ERR_NO_ALIAS"],
    [{ bundleLimitKilobytes: 1 }, "handler: must bundle to at most 1 KB; got"],
  ])("refuses %o", (props, message) => {
    expect(() => synthesized(props)).toThrow(`stack/review, ${message}`);
  });
});
