import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { UsageCounter } from "#domain/plans/usage.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

/** Counts of calls, one row for each window. */
export const createUsageCounter = ({ client, tableName }: Table): UsageCounter => ({
  async add(sub, window, expiresAt) {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.usage(sub, window),
        UpdateExpression: "ADD #calls :one SET #expiresAt = :expiresAt",
        ExpressionAttributeNames: { "#calls": "calls", "#expiresAt": "expiresAt" },
        ExpressionAttributeValues: { ":one": 1, ":expiresAt": expiresAt },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    return Attributes?.calls;
  },
});
