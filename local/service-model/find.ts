import { notFound } from "./error.ts";
import type { Table } from "./state.ts";

/** The row with this ARN. Throws ResourceNotFoundException. */
export const find = <Row>(table: Table<Row>, arn: string): Row => {
  const row = table.get(arn);
  if (row === undefined) throw notFound(arn);
  return row;
};
