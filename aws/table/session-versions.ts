import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SessionVersions } from "#domain/playback/ports.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

/** The versions of viewers' sessions; a viewer of whom nothing was revoked has no row. */
export const createSessionVersions = ({ client, tableName: TableName }: Table): SessionVersions => ({
  async read(channelArn, viewerId) {
    const get = { TableName, Key: keys.viewer(channelArn, viewerId), ConsistentRead: true };
    return (await client.send(new GetCommand(get))).Item?.version ?? 0;
  },

  async raise(channelArn, viewerId) {
    const update = {
      TableName,
      Key: keys.viewer(channelArn, viewerId),
      UpdateExpression: "ADD #version :one",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "UPDATED_NEW" as const,
    };
    const { Attributes } = await client.send(new UpdateCommand(update));
    return Number(Attributes?.version);
  },
});
