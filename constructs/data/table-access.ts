import type { Statement } from "../core/policy.ts";

/** What may be granted on a table. There is no Scan: what is read is read by a key. */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "BatchWriteItem"
  | "ConditionCheckItem";

/**
 * What a function may do with a table. `read` and `write` are the usual sets, `read` on every index too. Where fewer do,
 * name the actions; a transaction needs those of its parts. `indexes` are the global secondary indexes to query.
 */
export type TableAccess =
  | "read"
  | "write"
  | "read-write"
  | { readonly actions: readonly TableAction[]; readonly indexes?: readonly string[] };

const READ: readonly TableAction[] = ["GetItem", "BatchGetItem", "Query"];
const WRITE: readonly TableAction[] = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem"];

/** An access in full: the actions on the table, and the indexes to query. */
export function accessInFull(access: TableAccess, allIndexes: readonly string[]) {
  switch (access) {
    case "read":
      return { actions: READ, indexes: allIndexes };
    case "write":
      return { actions: WRITE, indexes: [] };
    case "read-write":
      return { actions: [...READ, ...WRITE], indexes: allIndexes };
    default:
      return { actions: access.actions, indexes: access.indexes ?? [] };
  }
}

/** Statements for exactly these actions. A sid says its actions, so that several grants to one function do not meet. */
export function tableStatements(
  tableArn: string,
  { actions, indexes }: { readonly actions: readonly TableAction[]; readonly indexes: readonly string[] },
): Statement[] {
  const onTable: Statement = {
    sid: `Table${actions.join("")}`,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [tableArn],
  };
  const onIndexes: Statement = {
    sid: "QueryIndexes",
    actions: ["dynamodb:Query"],
    resources: indexes.map((index) => `${tableArn}/index/${index}`),
  };
  return [...(actions.length > 0 ? [onTable] : []), ...(indexes.length > 0 ? [onIndexes] : [])];
}
