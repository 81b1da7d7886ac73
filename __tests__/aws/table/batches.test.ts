import { describe, expect, it } from "vitest";
import { getRows, removeRows } from "#aws/table/batches.ts";
import { scriptedTable } from "./fixture/scripted-table.ts";

const keys = (count: number) => Array.from({ length: count }, (_, place) => ({ pk: `row-${place}`, sk: "ROW" }));
const wire = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });

describe("rows that are asked for", () => {
  it("come a hundred at a time, read as they are now", async () => {
    const all = keys(230);
    const batches = [all.slice(0, 100), all.slice(100, 200), all.slice(200)];
    const { table, calls } = scriptedTable(batches.map((batch) => ({ Responses: { rows: batch.map(wire) } })));
    expect(await getRows(table, all)).toEqual(all);
    expect(calls).toEqual(
      batches.map((batch) => ({ RequestItems: { rows: { Keys: batch.map(wire), ConsistentRead: true } } })),
    );
  });

  it("are asked for again when the service left them", async () => {
    const [first, second] = keys(2).map(wire);
    const { table, calls } = scriptedTable([
      { Responses: { rows: [first] }, UnprocessedKeys: { rows: { Keys: [second], ConsistentRead: true } } },
      { Responses: { rows: [second] } },
    ]);
    expect(await getRows(table, keys(2))).toEqual(keys(2));
    expect(calls[1]).toEqual({ RequestItems: { rows: { Keys: [second], ConsistentRead: true } } });
  });

  it("cost nothing when there are none", async () => {
    const { table, calls } = scriptedTable([]);
    expect([await getRows(table, []), calls]).toEqual([[], []]);
  });
});

describe("rows that are removed", () => {
  it("go 25 at a time, those that the service left once more", async () => {
    const requests = keys(30).map((key) => ({ DeleteRequest: { Key: wire(key) } }));
    const { table, calls } = scriptedTable([{ UnprocessedItems: { rows: requests.slice(3, 4) } }, {}, {}]);
    await removeRows(table, keys(30));
    expect(calls.map(({ RequestItems }) => RequestItems)).toEqual([
      { rows: requests.slice(0, 25) },
      { rows: requests.slice(3, 4) },
      { rows: requests.slice(25) },
    ]);
  });
});
