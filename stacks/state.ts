import type { Construct } from "constructs";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { LockTable } from "#constructs/state/lock-table.ts";
import { StateBucket } from "#constructs/state/state-bucket.ts";
import { type Environment, stackProps } from "./environment.ts";
import { output } from "./outputs.ts";

/** Where Terraform keeps its state and its locks, this stack's own included. `npm run bootstrap` deploys it. */
export class StateStack extends AwsStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { backend } = environment;
    super(scope, id, { ...stackProps(environment, id), region: backend.region });

    const bucket = new StateBucket(this, "bucket", backend.bucket, backend.kms_key_id);
    const table = new LockTable(this, "locks", backend.dynamodb_table);

    output(this, "state_bucket_name", bucket.resource.bucket, "The bucket that holds Terraform's state");
    output(this, "state_lock_table_name", table.resource.name, "The table that holds Terraform's locks");
  }
}
