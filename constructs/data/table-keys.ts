import type { Construct } from "constructs";
import { ConfigError } from "../core/config-error.ts";

/** An attribute by which rows are found. */
export interface TableKey {
  readonly name: string;
  /** S is text, N a number, B bytes. @default "S" */
  readonly type?: "S" | "N" | "B";
}

/** By what rows are found: the partition key exactly, the sort key in order. */
export interface TableKeys {
  readonly partitionKey: TableKey;
  /** @default one row for each partition key */
  readonly sortKey?: TableKey;
}

/** The attributes of all keys, each once, as DynamoDB asks. Refuses one attribute with two types. */
export function keyAttributes(scope: Construct, all: readonly TableKeys[]): { name: string; type: string }[] {
  const types = new Map<string, string>();
  for (const { name, type = "S" } of all.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey ?? []].flat())) {
    const before = types.get(name) ?? type;
    if (before !== type) {
      throw new ConfigError("ERR_TABLE_KEY", scope, name, `must have one type, it is ${before} in another key`, type);
    }
    types.set(name, type);
  }
  return [...types].map(([name, type]) => ({ name, type }));
}

/** Keys as the provider names them. */
export function providerKeys({ partitionKey, sortKey }: TableKeys): { hashKey: string; rangeKey?: string } {
  return { hashKey: partitionKey.name, ...(sortKey && { rangeKey: sortKey.name }) };
}
