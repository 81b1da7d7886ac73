import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";

/** The ARN of a policy of the stack's own account. */
export const policyArn = (stack: AwsStack, name: string): string =>
  `arn:${stack.partition}:iam::${stack.accountId}:policy/${name}`;

/** Puts all roles of a stack within a boundary: who deploys by the apply role can make no other ones. */
export class WithinBoundary implements IAspect {
  readonly #boundary: string;

  /** @param boundary the policy's name */
  constructor(boundary: string) {
    this.#boundary = boundary;
  }

  visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = policyArn(AwsStack.of(node), this.#boundary);
  }
}
