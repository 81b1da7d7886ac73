import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Page } from "#domain/profiles/profile.ts";
import { namesIn } from "./expressions.ts";
import type { Item, Table } from "./table.ts";

/** What to read, in the order of its sort key. */
export interface Query {
  /** @default the table itself */
  readonly index?: string;
  /** Attributes are said as `#name`. */
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** @default false */
  readonly isNewestFirst?: boolean;
  /** Where to go on: the key of a row, whether it is there or not. @default the beginning */
  readonly after?: object | undefined;
  /** The only attributes to read. @default all that there are */
  readonly fields?: readonly string[];
}

function inputOf({ tableName }: Table, query: Query, limit?: number): QueryCommandInput {
  const fields = query.fields?.map((field) => `#${field}`).join(", ");
  return {
    TableName: tableName,
    IndexName: query.index,
    KeyConditionExpression: query.condition,
    ProjectionExpression: fields,
    ExpressionAttributeNames: namesIn(`${query.condition} ${fields}`),
    ExpressionAttributeValues: query.values,
    ScanIndexForward: query.isNewestFirst !== true,
    ExclusiveStartKey: query.after && { ...query.after },
    Limit: limit,
  };
}

/** How rows of a list become what is asked for. */
export interface Reading<Row> {
  /** `undefined` for a row that is not to be shown. */
  readonly row: (item: Item) => Row | undefined;
  /** What goes on after this row. */
  readonly cursor: (item: Item) => string;
}

/** One page of a list. It can hold fewer rows than `limit` before the end; only the last one has no `next`. */
export async function readPage<Row>(
  table: Table,
  query: Query,
  limit: number,
  { row, cursor }: Reading<Row>,
): Promise<Page<Row>> {
  // One more than asked for tells whether this is the end.
  const { Items = [], LastEvaluatedKey } = await table.client.send(new QueryCommand(inputOf(table, query, limit + 1)));
  const shown = Items.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = Items.length > limit || LastEvaluatedKey !== undefined;
  return {
    rows: shown.flatMap((item) => row(item) ?? []),
    ...(hasMore && last !== undefined ? { next: cursor(last) } : {}),
  };
}

/** All rows of a list, page by page. */
export async function* readAll(table: Table, query: Query, limit?: number): AsyncGenerator<readonly Item[]> {
  let after = query.after;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand(inputOf(table, { ...query, after }, limit)),
    );
    if (Items.length > 0) yield Items;
    after = LastEvaluatedKey;
  } while (after !== undefined);
}
