import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { App } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { PlatformTable } from "#stacks/accounts/platform-table.ts";
import { blocksOf, filledIn, openShell, type Shell } from "./fixture/commands.ts";

const table = "test-table";
const programs = mkdtempSync(join(tmpdir(), "onair-programs-"));

let own: OwnCloud;
let terraform: Terraform;
let dynamodb: DynamoDBClient;
let shell: Shell;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required", region: "us-west-2" });
  dynamodb = new DynamoDBClient(client(own.cloud, own.root));
  const app = new App({ outdir: join(own.folder, "out") });
  new PlatformTable(new AwsStack(app, "rows", { region: "us-west-2", namePrefix: "test", protect: false }), "table");
  app.synth();
  terraform = new Terraform(join(own.folder, "out/stacks/rows"), own.cloud.environment);
  shell = openShell(own.folder, programs, { ...own.cloud.environment });
  await terraform.init();
  await terraform.apply();
});
afterAll(async () => {
  dynamodb.destroy();
  await own[Symbol.asyncDispose]();
  rmSync(programs, { recursive: true, force: true });
});

const key = (name: string) => ({ pk: { S: `USER#${name}` }, sk: { S: "ACCOUNT" } });
const rows = async (TableName = table) => {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName }));
  return Items.map(({ pk }) => pk?.S).sort();
};

it("the table is brought back by the runbook's commands", async () => {
  for (const name of ["ana", "ben"]) await dynamodb.send(new PutItemCommand({ TableName: table, Item: key(name) }));
  const [beside = "", inPlace = ""] = blocksOf("restore-table", "Do");
  // The emulator restores what there is now, whatever time is asked for: the bad change that takes a row comes afterwards.
  await shell.run(filledIn(beside, { table, time: new Date().toISOString() }));
  await dynamodb.send(new DeleteItemCommand({ TableName: table, Key: key("ana") }));
  expect(await rows()).toEqual(["USER#ben"]);
  expect(await rows(`${table}-restored`)).toEqual(["USER#ana", "USER#ben"]);
  const [backUp = "", replace = ""] = inPlace.split(/(?=aws dynamodb update-table)/);
  const { BackupDetails } = JSON.parse(await shell.run(filledIn(backUp, { table })));
  await shell.run(filledIn(replace, { table, backup: BackupDetails.BackupArn }));
  expect(await rows()).toEqual(["USER#ana", "USER#ben"]);

  // A deploy gives the table back what a restore leaves out.
  await terraform.apply();
  expect(await terraform.changes()).toEqual([]);
  expect(await rows()).toEqual(["USER#ana", "USER#ben"]);
});
