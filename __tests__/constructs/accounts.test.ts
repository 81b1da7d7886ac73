import { describe, expect, it } from "vitest";
import { list, policiesOf } from "#__tests__/support/policies.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import { oneOfEach } from "./fixture/accounts.ts";

const stack = testStack();
oneOfEach(stack);
const resources = template(stack).json.resource;
const policies = policiesOf(resources);
const allowed = policies.flatMap(({ where, statements }) =>
  statements.filter(({ Effect }) => Effect === "Allow").map((statement) => ({ where, statement })),
);

describe("every policy of what accounts are made of", () => {
  it("names its actions and its resources", () => {
    expect(allowed.length).toBeGreaterThan(20);
    const wild = allowed.filter(
      ({ statement }) =>
        list(statement.Action).some((action) => action.includes("*")) || list(statement.Resource).includes("*"),
    );
    expect(wild).toEqual([]);
  });

  it("leaves no part of a resource open but the streams of a log", () => {
    const open = allowed.flatMap(({ statement }) => list(statement.Resource)).filter((arn) => arn.includes("*"));
    expect(open.filter((arn) => !arn.endsWith(":log-stream:*"))).toEqual([]);
  });

  it("lets a service in for this account only", () => {
    const services = allowed.filter(({ statement }) => statement.Principal);
    expect(services.length).toBeGreaterThan(0);
    for (const { where, statement } of services) {
      expect(JSON.stringify(statement.Principal), where).not.toContain("*");
      if (!where.endsWith("assume_role_policy")) {
        expect(statement.Condition?.StringEquals, where).toHaveProperty("aws:SourceAccount");
      }
    }
  });

  it("refuses whoever asks a queue without TLS", () => {
    const queues = Object.values(resources?.aws_sqs_queue ?? {});
    const refusing = policies.filter(
      ({ where, statements }) =>
        where.startsWith("aws_sqs_queue.") &&
        statements.some(({ Effect, Condition }) => Effect === "Deny" && Condition?.Bool?.["aws:SecureTransport"]),
    );
    expect(refusing).toHaveLength(queues.length);
  });

  it("binds each permission to call a function to this account and one caller", () => {
    for (const permission of Object.values(resources?.aws_lambda_permission ?? {})) {
      expect(permission).toMatchObject({
        action: "lambda:InvokeFunction",
        source_account: expect.stringContaining("aws_caller_identity"),
        source_arn: expect.stringMatching(/^(\$\{aws_|arn:)/),
      });
    }
  });
});
