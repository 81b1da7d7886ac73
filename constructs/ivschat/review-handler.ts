import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import type { IInvocable } from "../lambda/invocable.ts";

/**
 * A function that chat rooms ask about each message, and the permission by which IVS Chat may call it: for rooms of this
 * account and region only, made before any room names the function. One serves all rooms of a stack.
 */
export class ReviewHandler extends Construct {
  /** The ARN that a room names. */
  readonly uri: string;
  /** The underlying `aws_lambda_permission`. */
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, handler: IInvocable) {
    super(scope, id);
    const stack = AwsStack.of(this);
    this.uri = handler.functionArn;
    this.permission = new LambdaPermission(this, "Permission", {
      statementId: "IvsChatReviewsMessages",
      action: "lambda:InvokeFunction",
      functionName: handler.functionName,
      ...(handler.qualifier && { qualifier: handler.qualifier }),
      principal: "ivschat.amazonaws.com",
      sourceAccount: stack.accountId,
      sourceArn: stack.arn("ivschat", "room/*"),
    });
  }
}
