import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../core/policy.ts";
import type { Boundary } from "./boundary.ts";

/** The longest a session lasts: a plan and an apply end well before it. */
const SESSION_SECONDS = 3600;

export interface DeliveryRoleProps {
  readonly name: string;
  /** What it is for, in the console's list of roles. */
  readonly description: string;
  /** Who may take it: a policy of `trust.ts`. */
  readonly trust: string;
  readonly may: readonly Statement[];
  /** What it may not, in a policy of its own: a role's own ones have 10,240 characters together. @default nothing */
  readonly mayNot?: readonly Statement[];
  /** @default none: it may change nothing that gives rights */
  readonly boundary?: Boundary;
}

/** A role that plans or applies, for a job or a person. */
export class DeliveryRole extends Construct {
  /** The underlying `aws_iam_role`. */
  readonly resource: IamRole;

  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const { name, description, trust, may, mayNot, boundary } = props;
    this.resource = new IamRole(this, "Resource", {
      name,
      description,
      assumeRolePolicy: trust,
      maxSessionDuration: SESSION_SECONDS,
      ...(boundary && { permissionsBoundary: boundary.policyArn }),
    });
    new IamRolePolicy(this, "Policy", {
      name: "granted",
      role: this.resource.name,
      policy: policyDocument(may),
    });
    if (mayNot === undefined) return;
    const denied = new IamPolicy(this, "Denied", {
      name: `${name}-denied`,
      description: "What the role may not do, whatever else is attached",
      policy: policyDocument(mayNot),
    });
    new IamRolePolicyAttachment(this, "DeniedAttachment", { role: this.resource.name, policyArn: denied.arn });
  }
}
