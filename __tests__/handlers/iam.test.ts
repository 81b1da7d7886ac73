import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { describe, expect, it } from "vitest";
import { callsOfHandler } from "#__tests__/support/iam/calls-of-handler.ts";
import { type Grant, grantedActions, grantsInState } from "#__tests__/support/iam/grants.ts";
import { DONE_BY_LAMBDA, expectNothingInVain, judgeRoles } from "#__tests__/support/iam/in-vain.ts";
import { ruleOf } from "#__tests__/support/iam/sdk-calls.ts";
import { environment } from "#__tests__/support/stacks.ts";
import { template } from "#__tests__/support/template.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";
import { PlatformStack } from "#stacks/platform.ts";

const HANDLERS = join(import.meta.dirname, "../../handlers");
const handlers = readdirSync(HANDLERS).filter((name) => existsSync(join(HANDLERS, name, "handler.ts")));

const stack = new PlatformStack(Testing.app(), "platform", environment());
const grants = grantedActions(template(stack).json);
const functions = stack.node.findAll().filter((node) => node instanceof NodeFunction);

/** What a function's code may call, and what its role lets it do beside what Lambda itself does under it. */
async function sides({ handler, role }: NodeFunction) {
  const rules = (await callsOfHandler(handler)).flatMap(({ packageName, name }) => ruleOf(packageName, name) ?? []);
  const own = grants.filter((grant) => grant.role === role.resource.nameInput);
  const byLambda = ({ action, resource }: Grant) =>
    DONE_BY_LAMBDA.some(
      (done) => done.action === action && (resource === "*" || resource.endsWith(done.resource ?? "")),
    );
  return {
    possible: new Set(rules.flatMap(({ possible }) => possible)),
    granted: [...new Set(own.filter((grant) => !byLambda(grant)).map(({ action }) => action))],
  };
}

describe.each(handlers)("handler %s", (handler) => {
  it("makes no call whose actions are not in the table", async () => {
    const unknown = (await callsOfHandler(handler)).filter(({ packageName, name }) => !ruleOf(packageName, name));
    expect(unknown).toEqual([]);
  });
});

describe.each(functions.map((fn) => [fn.node.path, fn] as const))("the role of %s", (_, fn) => {
  it("allows no action for which its code has no call", async () => {
    const { granted, possible } = await sides(fn);
    expect(granted.filter((action) => !possible.has(action))).toEqual([]);
  });
});

describe("what roles may do and what they did", () => {
  const grant = (action: string, resource: string): Grant => ({ role: "dev-worker", sid: "Some", action, resource });
  const did = (action: string, resource: string, allowed = true) => ({
    ...{ role: "dev-worker", action, resource, allowed },
    sid: allowed ? "Some" : "",
  });

  it("is the same where each grant was used", () => {
    const channels = grant("ivs:GetChannel", "arn:aws:ivs:eu-west-1:1:channel/*");
    const got = did("ivs:GetChannel", "arn:aws:ivs:eu-west-1:1:channel/abc");
    expect(judgeRoles([channels], [got])).toEqual({ inVain: [], missing: [], needless: [] });
    expect(() => expectNothingInVain([channels], [got])).not.toThrow();
  });

  it("differs by an action, a resource, or a refusal", () => {
    const grants = [grant("sqs:SendMessage", "arn:one"), grant("sqs:SendMessage", "arn:two")];
    const decisions = [did("sqs:SendMessage", "arn:one"), did("sqs:SendMessage", "arn:three", false)];
    expect(() => expectNothingInVain(grants, decisions)).toThrow(
      "inVain: dev-worker: sqs:SendMessage on arn:two (Some)\nmissing: dev-worker: sqs:SendMessage on arn:three",
    );
  });

  it("may differ for a reason, as long as it is needed", () => {
    const exception = { role: "-worker", action: "ivs:StopStream", why: "nobody is live in the tests" };
    expect(judgeRoles([grant("ivs:StopStream", "arn:one")], [], [exception])).toMatchObject({
      inVain: [],
      needless: [],
    });
    expect(judgeRoles([], [], [exception]).needless).toEqual(["-worker ivs:StopStream : nobody is live in the tests"]);
  });

  it("may have calls that are refused by design", () => {
    const refused = did("ivs:DeleteChannel", "arn:gone", false);
    const used = grant("ivs:GetChannel", "arn:one");
    const decisions = [refused, did("ivs:GetChannel", "arn:one")];
    const exception = { action: "ivs:DeleteChannel", why: "what is gone has no tags, so that IAM refuses it" };
    expect(judgeRoles([used], decisions).missing).toEqual(["dev-worker: ivs:DeleteChannel on arn:gone"]);
    expect(judgeRoles([used], decisions, [exception])).toEqual({ inVain: [], missing: [], needless: [] });
  });

  it("leaves out what Lambda does, but not a message to a queue of another kind", () => {
    const logs = grant("logs:PutLogEvents", "arn:log");
    const lost = grant("sqs:SendMessage", "arn:aws:sqs:eu-west-1:1:dev-worker-dead-letters");
    expect(judgeRoles([logs, lost, grant("sqs:SendMessage", "arn:jobs")], []).inVain).toEqual([
      "dev-worker: sqs:SendMessage on arn:jobs (Some)",
    ]);
  });

  it("is read from a state, and not where a policy is attached, which it would miss", () => {
    const Statement = [{ Sid: "One", Effect: "Allow", Action: ["a:B", "a:C"], Resource: "arn:x" }];
    const attributes = { role: "dev-worker", policy: JSON.stringify({ Statement }) };
    const state = (type: string) => JSON.stringify({ resources: [{ type, instances: [{ attributes }] }] });
    expect(grantsInState(state("aws_iam_role_policy"))).toEqual([
      { role: "dev-worker", sid: "One", action: "a:B", resource: "arn:x" },
      { role: "dev-worker", sid: "One", action: "a:C", resource: "arn:x" },
    ]);
    expect(() => grantsInState(state("aws_iam_role_policy_attachment"))).toThrow("are not read here");
  });
});
