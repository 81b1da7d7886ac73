import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { indexes } from "#aws/table/keys.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";

interface Index {
  readonly name: string;
  readonly hash_key: string;
  readonly range_key: string;
  readonly non_key_attributes: readonly string[];
}

const stack = testStack();
new PlatformTable(stack, "table");
const block = template(stack).resource(DynamodbTable);
const all = block.global_secondary_index as readonly Index[];

describe("the platform's table", () => {
  it("has the indexes that the rows are read by", () => {
    expect(all.map(({ name }) => name).toSorted()).toEqual(Object.values(indexes).toSorted());
    expect(Object.fromEntries(all.map(({ name, hash_key, range_key }) => [name, [hash_key, range_key]]))).toEqual({
      unfinished: ["unfinished", "pk"],
      "live-newest": ["live", "stateAt"],
      "live-watched": ["live", "watched"],
      listed: ["listed", "name"],
    });
  });

  it("sorts by numbers where numbers are compared", () => {
    const attributes = block.attribute as readonly { readonly name: string; readonly type: string }[];
    expect(attributes.filter(({ type }) => type === "N").map(({ name }) => name)).toEqual(["stateAt", "watched"]);
  });

  it("lets rows go by themselves, and says what a changed row has become", () => {
    expect(block).toMatchObject({
      hash_key: "pk",
      range_key: "sk",
      billing_mode: "PAY_PER_REQUEST",
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      ttl: { enabled: true, attribute_name: "expiresAt" },
      stream_enabled: true,
      stream_view_type: "NEW_IMAGE",
    });
  });

  it("copies into its indexes no more than DynamoDB allows, and nothing of who works on an account", () => {
    const copied = all.map(({ non_key_attributes }) => non_key_attributes);
    for (const attributes of copied) expect(attributes.length).toBeLessThanOrEqual(20);
    expect(copied.flat().length).toBeLessThanOrEqual(100);
    for (const secret of ["lease", "keyReset", "lastReset", "secret"]) expect(copied.flat()).not.toContain(secret);
  });
});
