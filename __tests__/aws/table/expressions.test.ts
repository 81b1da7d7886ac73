import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { updateOf } from "#aws/table/expressions.ts";
import { openTable } from "#aws/table/table.ts";

const table = openTable(new DynamoDBClient({ region: "eu-west-1" }), "rows");
const key = { pk: "a", sk: "b" };

describe("an update", () => {
  it("sets what has a value and takes off what is undefined, every attribute by an alias", () => {
    expect(updateOf(table, key, { name: "ana", stage: undefined, live: "live", lease: undefined })).toEqual({
      TableName: "rows",
      Key: key,
      UpdateExpression: "SET #name = :name, #live = :live REMOVE #stage, #lease",
      ExpressionAttributeNames: { "#name": "name", "#live": "live", "#stage": "stage", "#lease": "lease" },
      ExpressionAttributeValues: { ":name": "ana", ":live": "live" },
    });
  });

  it("names what its condition names, and has no empty part, which DynamoDB refuses", () => {
    const condition = { expression: "#version = :ifVersion", values: { ":ifVersion": 3 } };
    expect(updateOf(table, key, {}, condition)).toEqual({
      TableName: "rows",
      Key: key,
      ConditionExpression: "#version = :ifVersion",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: { ":ifVersion": 3 },
    });
    expect(updateOf(table, key, { name: undefined })).not.toHaveProperty("ExpressionAttributeValues", {});
  });
});
