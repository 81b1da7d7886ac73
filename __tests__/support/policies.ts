/** A statement of a policy as AWS reads it. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

export interface FoundPolicy {
  /** Address and attribute, for example `aws_iam_role.reader.assume_role_policy`. */
  readonly where: string;
  readonly statements: readonly PolicyStatement[];
}

/** Every policy document in a stack's JSON, whatever resource and attribute holds it. */
export function policiesOf(resources: Record<string, Record<string, unknown>> = {}): FoundPolicy[] {
  return Object.entries(resources).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([id, block]) => policiesIn(block, `${type}.${id}`)),
  );
}

function policiesIn(value: unknown, where: string): FoundPolicy[] {
  if (typeof value === "string") {
    const statements = statementsOf(value);
    return statements ? [{ where, statements }] : [];
  }
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => policiesIn(inner, `${where}.${key}`));
}

export function statementsOf(text: string): readonly PolicyStatement[] | undefined {
  if (!text.startsWith("{")) return undefined;
  return (JSON.parse(text) as { Statement?: PolicyStatement[] }).Statement;
}

/** One or many, as many. */
export const list = <Item>(value: Item | Item[] | undefined): Item[] =>
  value === undefined ? [] : ([value].flat() as Item[]);
