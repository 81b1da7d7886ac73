import type { Json, ResourceChange } from "../plan.ts";
import { listAt, valueAt } from "./values.ts";

/** Statements that allow something, of every policy document that the change writes. */
export function allowedStatements({ after }: ResourceChange): readonly Json[] {
  return documentsIn(after).flatMap((document) =>
    listAt(document, "Statement").filter((statement) => valueAt(statement, "Effect") === "Allow"),
  );
}

/** Policies stand as text in attributes of many names, and in blocks. */
function documentsIn(value: Json): readonly Json[] {
  if (typeof value === "string") return documentOf(value);
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(documentsIn);
}

function documentOf(text: string): readonly Json[] {
  if (!text.trimStart().startsWith("{") || !text.includes('"Statement"')) return [];
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}

/** Everybody on the internet: `*`, alone or as the AWS principal, or all but some. */
export const namesEverybody = (statement: Json): boolean =>
  valueAt(statement, "NotPrincipal") !== undefined ||
  listAt(statement, "Principal").includes("*") ||
  listAt(statement, "Principal", "AWS").includes("*");

export const texts = (values: readonly Json[]): string[] => values.filter((value) => typeof value === "string");
