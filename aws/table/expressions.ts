import type { Key } from "./keys.ts";
import type { Table } from "./table.ts";

/** What must hold of a row for a write to happen. Attributes are said as `#name`, values as `:ifName`. */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The row must be there. */
export const exists: Condition = { expression: "attribute_exists(#pk)" };
/** The row must not be there. */
export const isNew: Condition = { expression: "attribute_not_exists(#pk)" };

/**
 * An expression's `#name` each as the attribute's name: DynamoDB reserves hundreds of words, `name` and `stage` among
 * them, so none is said plainly.
 */
export const namesIn = (expression: string): Record<string, string> =>
  Object.fromEntries((expression.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]));

const orNothing = <Values extends object>(values: Values) => (Object.keys(values).length > 0 ? values : undefined);

/** The parts of a request that has a condition. */
export function withCondition({ expression, values = {} }: Condition) {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: namesIn(expression),
    ExpressionAttributeValues: orNothing(values),
  };
}

/** A change of some attributes of one row: those that are `undefined` are taken off. */
export function updateOf(
  { tableName }: Table,
  key: Key,
  changes: Readonly<Record<string, unknown>>,
  condition?: Condition,
) {
  const attributes = Object.keys(changes);
  const set = attributes.filter((name) => changes[name] !== undefined);
  const removed = attributes.filter((name) => changes[name] === undefined);
  const update = [
    set.length > 0 ? `SET ${set.map((name) => `#${name} = :${name}`).join(", ")}` : [],
    removed.length > 0 ? `REMOVE ${removed.map((name) => `#${name}`).join(", ")}` : [],
  ]
    .flat()
    .join(" ");
  return {
    TableName: tableName,
    Key: key,
    UpdateExpression: update || undefined,
    ConditionExpression: condition?.expression,
    ExpressionAttributeNames: orNothing(namesIn(`${update} ${condition?.expression}`)),
    ExpressionAttributeValues: orNothing({
      ...Object.fromEntries(set.map((name) => [`:${name}`, changes[name]])),
      ...condition?.values,
    }),
  };
}
