import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The platform's table, and who asks it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** A row as DynamoDB gives it. */
export type Item = Readonly<Record<string, unknown>>;

/** The table as every module of this folder wants it. Fields that are `undefined` are not written. */
export const openTable = (client: DynamoDBClient, tableName: string): Table => ({
  client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  tableName,
});

/** Those of the fields that the object has. */
export function pick<Row extends object, Field extends keyof Row>(
  row: Row,
  fields: readonly Field[],
): Pick<Row, Field> {
  const present = fields.filter((field) => row[field] !== undefined);
  return Object.fromEntries(present.map((field) => [field, row[field]])) as Pick<Row, Field>;
}
