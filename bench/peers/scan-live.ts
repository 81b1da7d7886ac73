import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "#aws/table/table.ts";

/** How channels on air are usually found: the table is scanned, and what is left is sorted. */
export async function scanLive({ client, tableName }: Table, limit: number): Promise<string[]> {
  const live: { readonly name: string; readonly at: number }[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: "#live = :live",
        ExpressionAttributeNames: { "#live": "live" },
        ExpressionAttributeValues: { ":live": "live" },
        ExclusiveStartKey: after,
      }),
    );
    for (const { name, stateAt } of Items) live.push({ name, at: stateAt });
    after = LastEvaluatedKey;
  } while (after !== undefined);
  return live
    .toSorted((one, other) => other.at - one.at)
    .slice(0, limit)
    .map(({ name }) => name);
}
