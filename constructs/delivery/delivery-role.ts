import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../core/policy.ts";
import type { Boundary } from "./boundary.ts";

/** The longest a session lasts: a plan and an apply end well before it. */
const SESSION_SECONDS = 3600;

export interface AttachedPolicy {
  readonly description: string;
  readonly statements: readonly Statement[];
}

export interface DeliveryRoleProps {
  readonly name: string;
  /** What it is for, in the console's list of roles. */
  readonly description: string;
  /** Who may take it: a policy of `trust.ts`. */
  readonly trust: string;
  readonly may: readonly Statement[];
  /** More, in policies of their own by what they end with: a role's own ones have 10,240 characters together. @default none */
  readonly attached?: Readonly<Record<string, AttachedPolicy>>;
  /** @default none: it may change nothing that gives rights */
  readonly boundary?: Boundary;
}

/** A role that plans or applies, for a job or a person. */
export class DeliveryRole extends Construct {
  /** The underlying `aws_iam_role`. */
  readonly resource: IamRole;

  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const { name, description, trust, may, attached = {}, boundary } = props;
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
    for (const [part, policy] of Object.entries(attached)) this.#attach(part, `${name}-${part}`, policy);
  }

  #attach(part: string, name: string, { description, statements }: AttachedPolicy): void {
    const id = `${part[0]?.toUpperCase()}${part.slice(1)}`;
    const policy = new IamPolicy(this, id, { name, description, policy: policyDocument(statements) });
    new IamRolePolicyAttachment(this, `${id}Attachment`, { role: this.resource.name, policyArn: policy.arn });
  }
}
