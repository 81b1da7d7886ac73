import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { Construct } from "constructs";

/**
 * The table by which one Terraform run at a time holds a state (attribute `LockID`, as the S3 backend asks). It exists
 * before Terraform first runs: an import block takes it over.
 */
export class LockTable extends Construct {
  /** The underlying `aws_dynamodb_table`. */
  readonly resource: DynamodbTable;

  constructor(scope: Construct, id: string, tableName: string) {
    super(scope, id);
    this.resource = new DynamodbTable(this, "Resource", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "LockID",
      attribute: [{ name: "LockID", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      lifecycle: { preventDestroy: true },
    });
    this.resource.importFrom(tableName);
  }
}
