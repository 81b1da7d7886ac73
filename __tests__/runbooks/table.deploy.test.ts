import { DeleteItemCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { addAccount } from "#__tests__/aws/table/fixture/accounts.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { keys } from "#aws/table/keys.ts";
import { openTable } from "#aws/table/table.ts";
import { type DeployedCheckout, deployedCheckout } from "./fixture/checkout.ts";
import { rehearse } from "./fixture/rehearse.ts";

vi.setConfig({ testTimeout: 600_000 });

let checkout: DeployedCheckout;
let dynamodb: DynamoDBClient;
let table: string;

beforeAll(async () => {
  checkout = await deployedCheckout();
  dynamodb = new DynamoDBClient(clientOptions(checkout.deployed.cloud));
  table = String(checkout.outputs.table_name);
});
afterAll(async () => {
  dynamodb?.destroy();
  await checkout?.[Symbol.asyncDispose]();
});

/** Whose accounts stand in a table. */
async function accounts(TableName: string): Promise<string[]> {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  const rows = new Set(Items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`));
  return ["ana", "ben"].filter((sub) => rows.has(Object.values(keys.account(sub)).join(" ")));
}

it("the table is brought back by the runbook's commands", async () => {
  for (const sub of ["ana", "ben"]) await addAccount(openTable(dynamodb, table), sub);
  const { pk, sk } = keys.account("ana");
  await rehearse("restore-table", checkout.shell(), {
    Look: [
      {
        check: ({ output }) => expect(output).toContain('"PointInTimeRecoveryStatus": "ENABLED"'),
        learn: () => ({ TIME: new Date().toISOString() }),
      },
    ],
    Do: [
      {
        check: async () => {
          // The emulator restores what there is now, whatever time is asked for: the bad change comes afterwards.
          await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }));
          expect(await accounts(table)).toEqual(["ben"]);
          expect(await accounts(`${table}-restored`)).toEqual(["ana", "ben"]);
        },
      },
      { check: ({ output }) => expect(output).toBe("AVAILABLE\n") },
      { check: async () => expect(await accounts(table)).toEqual(["ana", "ben"]) },
      { check: () => expect(checkout.json("plans/review.json")).toMatchObject({ refused: false }) },
      { check: ({ output }) => expect(output).toContain("accounts: sent ") },
    ],
    "It is over when": [{ check: ({ output }) => expect(output).toContain("ok    functions") }],
  });
  const { resource } = checkout.json("cdktf.out/stacks/platform/cdk.tf.json") as {
    readonly resource: { readonly aws_dynamodb_table: Readonly<Record<string, unknown>> };
  };
  const [address] = Object.keys(resource.aws_dynamodb_table);
  const changes = checkout.deployed.terraform("platform").changes(`-target=aws_dynamodb_table.${address}`);
  expect(await changes).toEqual([]);
  expect(await accounts(table)).toEqual(["ana", "ben"]);
});
