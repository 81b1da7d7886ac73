import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { handlerFunction } from "#__tests__/support/handler-function.ts";
import { template, testStack } from "#__tests__/support/template.ts";
import type { AwsStackProps } from "#constructs/core/aws-stack.ts";
import { Table, type TableProps } from "#constructs/data/table.ts";
import type { TableAccess } from "#constructs/data/table-access.ts";
import { ExecutionRole } from "#constructs/lambda/execution-role.ts";

const KEYS = { partitionKey: { name: "pk" }, sortKey: { name: "sk" } };
const INDEXES: TableProps["indexes"] = {
  "by-name": { partitionKey: { name: "name" } },
  "by-start": {
    partitionKey: { name: "live" },
    sortKey: { name: "startedAt", type: "N" },
    projection: ["title", "viewers"],
  },
  keys: { partitionKey: { name: "sk" }, sortKey: { name: "pk" }, projection: "KEYS_ONLY" },
};

const table = (props: Partial<TableProps> = {}, stackProps: Partial<AwsStackProps> = {}) => {
  const stack = testStack(stackProps);
  new Table(stack, "rows", { ...KEYS, ...props });
  return template(stack).resource(DynamodbTable);
};

describe("Table", () => {
  it("is paid by the request, encrypted, and can be brought back to any second", () => {
    expect(table()).toEqual({
      name: "onair-test-rows",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "pk",
      range_key: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
    });
  });

  it("has its indexes as they are listed, and each attribute of a key once", () => {
    const { attribute, global_secondary_index } = table({ indexes: INDEXES });
    expect(global_secondary_index).toEqual([
      { name: "by-name", hash_key: "name", projection_type: "ALL" },
      {
        name: "by-start",
        hash_key: "live",
        range_key: "startedAt",
        projection_type: "INCLUDE",
        non_key_attributes: ["title", "viewers"],
      },
      { name: "keys", hash_key: "sk", range_key: "pk", projection_type: "KEYS_ONLY" },
    ]);
    expect(attribute).toEqual([
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
      { name: "name", type: "S" },
      { name: "live", type: "S" },
      { name: "startedAt", type: "N" },
    ]);
  });

  it("forgets rows and tells of changes where asked to", () => {
    expect(table({ timeToLiveAttribute: "expiresAt", stream: "NEW_IMAGE" })).toMatchObject({
      ttl: { enabled: true, attribute_name: "expiresAt" },
      stream_enabled: true,
      stream_view_type: "NEW_IMAGE",
    });
  });

  it("cannot be deleted in a protected stack", () => {
    expect(table({}, { protect: true })).toMatchObject({
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("refuses an attribute with two types, and more indexes than the quota", () => {
    const number = { partitionKey: { name: "sk", type: "N" } } as const;
    expect(() => table({ indexes: { wrong: number } })).toThrow(
      'stack/rows, sk: must have one type, it is S in another key; got "N".  ERR_TABLE_KEY',
    );
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`index-${index}`, KEYS]));
    expect(() => table({ indexes: many })).toThrow(
      "stack/rows, indexes: must be at most 20 (service quota); got 21.  ERR_TABLE_INDEXES",
    );
  });
});

describe("access to a table", () => {
  const ARN = "${aws_dynamodb_table.rows.arn}";
  const granted = (access: TableAccess) => {
    const stack = testStack();
    const role = new ExecutionRole(stack, "grantee", new CloudwatchLogGroup(stack, "logs"));
    new Table(stack, "rows", { ...KEYS, indexes: INDEXES }).grantAccess(role, access);
    const [, ...statements] = JSON.parse(String(template(stack).resource(IamRolePolicy).policy)).Statement;
    return statements;
  };

  const queryAll = {
    Sid: "QueryIndexes",
    Effect: "Allow",
    Action: ["dynamodb:Query"],
    Resource: [`${ARN}/index/by-name`, `${ARN}/index/by-start`, `${ARN}/index/keys`],
  };

  it("to read is by key, on the table and its indexes", () => {
    expect(granted("read")).toEqual([
      {
        Sid: "TableGetItemBatchGetItemQuery",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
        Resource: [ARN],
      },
      queryAll,
    ]);
  });

  it("to write reads nothing", () => {
    expect(granted("write")).toMatchObject([
      {
        Action: [
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
        ],
        Resource: [ARN],
      },
    ]);
  });

  it("to do both never scans", () => {
    const statements = granted("read-write");
    expect(statements).toMatchObject([{ Action: expect.any(Array) }, queryAll]);
    expect(statements[0].Action).toHaveLength(8);
    expect(JSON.stringify(statements)).not.toContain("Scan");
  });

  it("is exactly the named actions and indexes", () => {
    expect(granted({ actions: ["GetItem"] })).toEqual([
      { Sid: "TableGetItem", Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: [ARN] },
    ]);
    expect(granted({ actions: [], indexes: ["by-name"] })).toEqual([
      { ...queryAll, Resource: [`${ARN}/index/by-name`] },
    ]);
  });

  it("refuses an index that the table has not", () => {
    expect(() => granted({ actions: [], indexes: ["by-date"] })).toThrow(
      'stack/rows, access.indexes: must be among the table\'s indexes (by-name, by-start, keys); got "by-date".  ERR_TABLE_INDEX',
    );
  });

  it("is bound to a function with the table's name in a variable, each variable once", () => {
    const stack = testStack();
    const rows = new Table(stack, "rows", KEYS);
    const fn = handlerFunction(stack, "reader", { environment: { STAGE: "test" } });
    fn.bind(rows, { variable: "TABLE_NAME", access: "read" });
    expect(() => fn.bind(rows, { variable: "TABLE_NAME", access: "write" })).toThrow(
      'stack/reader, environment: must set a variable once; got "TABLE_NAME".  ERR_VARIABLE_TWICE',
    );
    const { resource } = template(stack);
    expect(resource(LambdaFunction).environment).toEqual({
      variables: { STAGE: "test", TABLE_NAME: "${aws_dynamodb_table.rows.name}" },
    });
    expect(JSON.parse(String(resource(IamRolePolicy).policy)).Statement).toHaveLength(2);
  });
});
