import { describe, expect, it } from "vitest";
import { list, policiesOf } from "#__tests__/support/policies.ts";
import { TEAM_STACKS, teamStacks } from "#__tests__/support/stacks.ts";

const all = teamStacks();

/** Those of which AWS knows no resource (service authorization reference). */
const WITHOUT_RESOURCE = [
  ...["CreateResource", "DeleteResource", "GetResource", "GetResourceRequestStatus", "UpdateResource"].map(
    (name) => `cloudformation:${name}`,
  ),
  ...["cloudwatch:GetMetricData", "cognito-idp:CreateUserPool", "kms:CreateKey", "kms:ListAliases"],
  ...["lambda:CreateEventSourceMapping", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:GetLogDelivery"],
  ...["logs:ListLogDeliveries", "logs:UpdateLogDelivery", "logs:PutResourcePolicy", "logs:DeleteResourcePolicy"],
  "logs:DescribeResourcePolicies",
];

const isService = (principal: unknown): boolean =>
  typeof principal === "object" && principal !== null && "Service" in principal;

describe.each(TEAM_STACKS)("every policy of stack %s", (stack) => {
  const policies = policiesOf(all[stack].json.resource);
  const allowed = policies.flatMap(({ where, statements }) =>
    statements.filter(({ Effect }) => Effect === "Allow").map((statement) => ({ where, statement })),
  );

  it("is found", () => {
    expect(policies.length).toBeGreaterThan(0);
  });

  it("allows no action by a wildcard", () => {
    const wild = allowed.filter(({ statement }) => list(statement.Action).some((action) => action.includes("*")));
    expect(wild).toEqual([]);
  });

  it("says what it allows, never what it does not", () => {
    expect(JSON.stringify(policies)).not.toMatch(/"Not(Action|Resource|Principal)"/);
    expect(Object.keys(all[stack].json.data ?? {})).not.toContain("aws_iam_policy_document");
  });

  it("allows nothing on every resource but what AWS knows no resource of", () => {
    const wild = allowed.filter(({ statement }) => list(statement.Resource).includes("*"));
    const actions = wild.flatMap(({ statement }) => list(statement.Action));
    expect(actions.filter((action) => !WITHOUT_RESOURCE.includes(action))).toEqual([]);
  });

  it("lets nobody in whom it does not name", () => {
    expect(allowed.filter(({ statement }) => JSON.stringify(statement.Principal ?? "").includes("*"))).toEqual([]);
  });

  it("binds each service that may act to this account", () => {
    const services = allowed.filter(
      ({ where, statement }) => isService(statement.Principal) && !where.endsWith("assume_role_policy"),
    );
    for (const { where, statement } of services) {
      expect(statement.Condition?.StringEquals, where).toHaveProperty("aws:SourceAccount");
    }
  });
});
