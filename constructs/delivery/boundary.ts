import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { Construct } from "constructs";
import { type NamelessStatement, policyDocument, type Statement } from "../core/policy.ts";

export interface BoundaryProps {
  /** Without the account: it is named by roles of other stacks. */
  readonly name: string;
  readonly description: string;
  readonly statements: readonly (Statement | NamelessStatement)[];
}

/** A policy beyond which no role goes that has it for a boundary, whatever else is attached to the role. */
export class Boundary extends Construct {
  /** The underlying `aws_iam_policy`. */
  readonly resource: IamPolicy;

  constructor(scope: Construct, id: string, { name, description, statements }: BoundaryProps) {
    super(scope, id);
    this.resource = new IamPolicy(this, "Resource", { name, description, policy: policyDocument(statements) });
  }

  get policyArn(): string {
    return this.resource.arn;
  }
}
