import { describe, expect, it } from "vitest";
import { list, policiesOf } from "#__tests__/support/policies.ts";
import { environment, STACKS, stacks } from "#__tests__/support/stacks.ts";

const settings = environment();
const all = stacks(settings);

const isService = (principal: unknown): boolean =>
  typeof principal === "object" && principal !== null && "Service" in principal;

describe.each(STACKS)("every policy of stack %s", (stack) => {
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

  it("allows nothing on every resource but reading metrics, of which AWS knows no resource", () => {
    const wild = allowed.filter(({ statement }) => list(statement.Resource).includes("*"));
    const actions = wild.flatMap(({ statement }) => list(statement.Action));
    expect(actions.filter((action) => action !== "cloudwatch:GetMetricData")).toEqual([]);
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
