import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { Construct } from "constructs";
import { ConfigError } from "../core/config-error.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { Bindable } from "../lambda/consumer.ts";
import { accessInFull, type TableAccess, tableStatements } from "./table-access.ts";
import { keyAttributes, providerKeys, type TableKeys } from "./table-keys.ts";

/** A global secondary index: the same rows by another key. Rows without that key are not in it. */
export interface TableIndex extends TableKeys {
  /** What it carries beside the keys: everything, nothing, or these attributes. @default "ALL" */
  readonly projection?: "ALL" | "KEYS_ONLY" | readonly string[];
}

export interface TableProps extends TableKeys {
  /** By name. @default none */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /** The attribute, in epoch seconds, after which DynamoDB deletes a row, up to days late. @default rows stay */
  readonly timeToLiveAttribute?: string;
  /** What the stream says of a changed row; see TableStream. @default no stream */
  readonly stream?: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
}

/** How many a table may have (service quota; AWS raises it on request). */
const MAXIMUM_INDEXES = 20;

/**
 * A DynamoDB table that is paid by the request, can be brought back to any second of the last 35 days, and is encrypted
 * with the account's own key for DynamoDB. A protected stack refuses to delete it.
 */
export class Table extends Construct implements Bindable<TableAccess> {
  /** The underlying `aws_dynamodb_table`. */
  readonly resource: DynamodbTable;
  readonly indexNames: readonly string[];

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { indexes = {}, timeToLiveAttribute, stream } = props;
    this.indexNames = Object.keys(indexes);
    if (this.indexNames.length > MAXIMUM_INDEXES) {
      const rule = `must be at most ${MAXIMUM_INDEXES} (service quota)`;
      throw new ConfigError("ERR_TABLE_INDEXES", this, "indexes", rule, this.indexNames.length);
    }
    this.resource = new DynamodbTable(this, "Resource", {
      name: physicalName(this, { maximumLength: 255 }),
      billingMode: "PAY_PER_REQUEST",
      ...providerKeys(props),
      attribute: keyAttributes(this, [props, ...Object.values(indexes)]),
      ...(this.indexNames.length > 0 && {
        globalSecondaryIndex: Object.entries(indexes).map(([name, index]) => ({
          name,
          ...providerKeys(index),
          ...projected(index),
        })),
      }),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      ...(timeToLiveAttribute && { ttl: { enabled: true, attributeName: timeToLiveAttribute } }),
      ...(stream && { streamEnabled: true, streamViewType: stream }),
    });
  }

  get tableName(): string {
    return this.resource.name;
  }

  get tableArn(): string {
    return this.resource.arn;
  }

  get bindingValue(): string {
    return this.tableName;
  }

  get outputs(): Record<string, string> {
    return { name: this.tableName, arn: this.tableArn };
  }

  /** Lets a function use the table as far as `access` says, and no further. Throws ERR_TABLE_INDEX. */
  grantAccess(grantee: Grantee, access: TableAccess): void {
    const { actions, indexes } = accessInFull(access, this.indexNames);
    const unknown = indexes.find((index) => !this.indexNames.includes(index));
    if (unknown !== undefined) {
      const rule = `must be among the table's indexes (${this.indexNames.join(", ") || "none"})`;
      throw new ConfigError("ERR_TABLE_INDEX", this, "access.indexes", rule, unknown);
    }
    for (const statement of tableStatements(this.tableArn, { actions, indexes })) grantee.grant(statement);
  }
}

function projected({ projection = "ALL" }: TableIndex): { projectionType: string; nonKeyAttributes?: string[] } {
  if (typeof projection === "string") return { projectionType: projection };
  return { projectionType: "INCLUDE", nonKeyAttributes: [...projection] };
}
