import type { Table } from "#aws/table/table.ts";

/** What reading cost so far. */
export interface Reads {
  readonly calls: number;
  /** Rows that DynamoDB looked at, shown or not: what it charges for. */
  readonly rows: number;
}

interface Counted {
  readonly ScannedCount?: number;
  readonly Item?: unknown;
}

/** Counts the reads of everything that uses this table's client from now on. */
export function countReads({ client }: Table): () => Reads {
  let calls = 0;
  let rows = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { ScannedCount, Item } = answer.output as Counted;
      calls++;
      rows += ScannedCount ?? (Item === undefined ? 0 : 1);
      return answer;
    },
    { step: "initialize", name: "countReads" },
  );
  return () => ({ calls, rows });
}
