import { notFound } from "./error.ts";
import { invalidInput } from "./respond.ts";
import type { Table, Tables } from "./state.ts";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly tags: Tags;
}

/** How many tags a resource holds at most: the services' documented limit. */
const mostTags = 50;

const tableWith = <Rows>(tables: Tables<Rows>, arn: string) =>
  (Object.values(tables) as Table<Tagged>[]).find((table) => table.get(arn) !== undefined);

const find = <Rows>(tables: Tables<Rows>, arn: string) => {
  const table = tableWith(tables, arn);
  const row = table?.get(arn);
  if (table === undefined || row === undefined) throw notFound(arn);
  return { table, row };
};

/** The tags of a resource of any kind; undefined where there is none with this ARN. */
export const tagsOf = <Rows>(tables: Tables<Rows>, arn: string): Tags | undefined =>
  tableWith(tables, arn)?.get(arn)?.tags;

interface Call<Rows> {
  readonly tables: Tables<Rows>;
}

/** The tags of a resource. Throws ResourceNotFoundException. */
export const listTagsForResource = <Rows>({ tables }: Call<Rows>, input: { readonly resourceArn: string }) => ({
  tags: find(tables, input.resourceArn).row.tags,
});

/** Adds tags, or replaces their values. Throws ValidationException above 50 tags on one resource. */
export const tagResource = <Rows>(
  { tables }: Call<Rows>,
  input: { readonly resourceArn: string; readonly tags: Tags },
) => {
  const { table, row } = find(tables, input.resourceArn);
  const tags = { ...row.tags, ...input.tags };
  const count = Object.keys(tags).length;
  if (count > mostTags) {
    throw invalidInput([
      { path: "tags", message: `A resource has at most ${mostTags} tags, this would make ${count}` },
    ]);
  }
  table.put(input.resourceArn, { ...row, tags });
  return {};
};

/** Takes tags away; keys that the resource does not have are ignored. */
export const untagResource = <Rows>(
  { tables }: Call<Rows>,
  input: { readonly resourceArn: string; readonly tagKeys: readonly string[] },
) => {
  const { table, row } = find(tables, input.resourceArn);
  const kept = Object.entries(row.tags).filter(([key]) => !input.tagKeys.includes(key));
  table.put(input.resourceArn, { ...row, tags: Object.fromEntries(kept) });
  return {};
};
