import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { writeAll, writeIf } from "#aws/table/conditional.ts";
import { type Answer, scriptedTable } from "./fixture/scripted-table.ts";

const error = (name: string, fields = {}): Answer => ({
  __type: `com.amazonaws.dynamodb.v20120810#${name}`,
  ...fields,
});
const cancelled = (...codes: string[]) =>
  error("TransactionCanceledException", { CancellationReasons: codes.map((Code) => ({ Code })) });

const update = { TableName: "rows", Key: { pk: "a", sk: "b" } };
const two = [{ Update: { ...update, UpdateExpression: "REMOVE a" } }, { Delete: update }];

describe("a write with a condition", () => {
  const write = (...answers: Answer[]) => {
    const { table } = scriptedTable(answers);
    return writeIf(() => table.client.send(new UpdateCommand(update)));
  };

  it("says whether its condition held", async () => {
    expect(await write({})).toBe(true);
    expect(await write(error("ConditionalCheckFailedException"))).toBe(false);
  });

  it("is sent again when a transaction was on the row, since that decides nothing", async () => {
    const conflict = error("TransactionConflictException");
    expect(await write(conflict, conflict, {})).toBe(true);
    expect(await write(conflict, error("ConditionalCheckFailedException"))).toBe(false);
  });

  it("throws whatever else the service says", async () => {
    await expect(write(error("AccessDeniedException"))).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});

describe("writes of which all happen or none", () => {
  const write = (...answers: Answer[]) => writeAll(scriptedTable(answers).table, two);

  it("answer with the places whose conditions did not hold", async () => {
    expect(await write({})).toEqual([]);
    expect(await write(cancelled("ConditionalCheckFailed", "None"))).toEqual([0]);
    expect(await write(cancelled("ConditionalCheckFailed", "ConditionalCheckFailed"))).toEqual([0, 1]);
  });

  it("are sent again after a conflict, unless a condition is known not to hold", async () => {
    expect(await write(cancelled("None", "TransactionConflict"), {})).toEqual([]);
    expect(await write(cancelled("TransactionConflict", "None"), cancelled("None", "ConditionalCheckFailed"))).toEqual([
      1,
    ]);
    expect(await write(cancelled("TransactionConflict", "ConditionalCheckFailed"))).toEqual([1]);
  });

  it("throw when they were cancelled for another reason", async () => {
    await expect(write(cancelled("ThrottlingError", "None"))).rejects.toMatchObject({
      name: "TransactionCanceledException",
    });
  });
});
