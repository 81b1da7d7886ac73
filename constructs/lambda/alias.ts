import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias/index.js";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { LambdaProvisionedConcurrencyConfig } from "@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config/index.js";
import { Construct } from "constructs";

/** A name that always means a function's newest published version, with warm instances behind it where asked for. */
export class Alias extends Construct {
  /** The underlying `aws_lambda_alias`. */
  readonly resource: LambdaAlias;

  constructor(scope: Construct, id: string, fn: LambdaFunction, name: string, provisionedConcurrency?: number) {
    super(scope, id);
    this.resource = new LambdaAlias(this, "Resource", {
      name,
      functionName: fn.functionName,
      functionVersion: fn.version,
    });
    if (provisionedConcurrency === undefined) return;
    new LambdaProvisionedConcurrencyConfig(this, "Provisioned", {
      functionName: fn.functionName,
      qualifier: this.resource.name,
      provisionedConcurrentExecutions: provisionedConcurrency,
    });
  }
}
