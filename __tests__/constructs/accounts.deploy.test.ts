import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { oneOfEach } from "./fixture/accounts.ts";

const STACK = "accounts";
let own: OwnCloud;
let terraform: Terraform;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required" });
  const outdir = join(own.folder, "cdktf.out");
  const app = new App({ outdir });
  oneOfEach(new AwsStack(app, STACK, { region: own.cloud.region, namePrefix: "test" }));
  app.synth();
  terraform = new Terraform(join(outdir, "stacks", STACK), own.cloud.environment);
  await terraform.init();
});
afterAll(() => own[Symbol.asyncDispose]());

describe("one of each construct for accounts", () => {
  it("is applied by the real Terraform, after which the next plan is empty", async () => {
    await terraform.apply();
    expect(await terraform.changes()).toEqual([]);
  });

  it("is destroyed whole", async () => {
    await terraform.must("destroy", "-auto-approve", "-input=false", "-no-color");
    expect(await terraform.must("state", "list")).toBe("");
  });
});
