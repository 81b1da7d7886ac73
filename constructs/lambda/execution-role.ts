import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import { type Grantee, policyDocument, type Statement } from "../core/policy.ts";

const MAY_ASSUME = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** AWS knows no resource for these: they are allowed on everything, or not at all (service authorization reference). */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set(["cloudwatch:GetMetricData"]);

const isWild = ({ actions, resources }: Statement): boolean =>
  actions.some((action) => action.includes("*")) ||
  (resources.includes("*") && !actions.every((action) => WITHOUT_RESOURCE.has(action)));

/** A function's role: it may write its own log, and what was granted. Nothing else. */
export class ExecutionRole extends Construct implements Grantee {
  /** The underlying `aws_iam_role`. */
  readonly resource: IamRole;
  /** Its one inline policy, with every grant. */
  readonly policy: IamRolePolicy;
  readonly #statements: Statement[] = [];

  constructor(scope: Construct, id: string, logGroup: CloudwatchLogGroup) {
    super(scope, id);
    this.resource = new IamRole(this, "Resource", {
      name: physicalName(scope, { maximumLength: 64 }),
      assumeRolePolicy: MAY_ASSUME,
    });
    this.grant({
      sid: "WriteLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logGroup.arn}:log-stream:*`],
    });
    this.policy = new IamRolePolicy(this, "Policy", {
      name: "granted",
      role: this.resource.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.#merged()) }),
    });
  }

  grant(statement: Statement): void {
    if (isWild(statement)) {
      throw new ConfigError("ERR_WILDCARD", this, "grant", "must name its actions and resources", statement.sid);
    }
    this.#statements.push(statement);
  }

  /** Grants of one kind over several resources become one statement, since sids may not repeat. */
  #merged(): Statement[] {
    const bySid = new Map<string, Statement>();
    for (const statement of this.#statements) {
      const before = bySid.get(statement.sid);
      if (before && JSON.stringify({ ...before, resources: [] }) !== JSON.stringify({ ...statement, resources: [] })) {
        throw new ConfigError("ERR_SID", this, "grant", "must have one meaning for each sid", statement.sid);
      }
      const resources = [...new Set([...(before?.resources ?? []), ...statement.resources])];
      bySid.set(statement.sid, { ...statement, resources });
    }
    return [...bySid.values()];
  }
}
