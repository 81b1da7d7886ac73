import { IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { TerraformResource } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { Gate } from "#__tests__/support/gate.ts";
import { killApply } from "#__tests__/support/kill-apply.ts";
import { smallStack } from "#__tests__/support/small-stack.ts";
import { stateLocks } from "#__tests__/support/state-locks.ts";
import { Channel } from "#constructs/ivs/channel.ts";

/** While it applies, Terraform writes the state to the backend each time that so many seconds have passed, and at the end. */
const PERSIST_SECONDS = 20;

let deployed: DeployedCloud;

beforeAll(async () => {
  deployed = await deployedCloud();
});
afterAll(() => deployed[Symbol.asyncDispose]());

describe("a Terraform that is killed in its first apply", () => {
  it("leaves in the state what it had made before it last wrote it, so that the next apply does not make it twice", async () => {
    const gate = new Gate(deployed.folder);
    const stack = smallStack(deployed, "killed", {}, (scope) => {
      const channel = new Channel(scope, "stage", { name: "killed-stage" });
      const pause = new TerraformResource(scope, "pause", {
        terraformResourceType: "terraform_data",
        dependsOn: [channel.resource],
        provisioners: [{ type: "local-exec", command: `sleep ${PERSIST_SECONDS + 2}` }],
      });
      gate.resource(scope, [pause]);
    });
    await stack.init();
    await killApply(stack, () => gate.reached());
    const { table: id = "" } = await stateLocks(deployed.cloud, stack).held();
    await stack.terraform.must("force-unlock", "-force", id);
    gate.open();
    expect(await stack.deploy()).toEqual({ imported: 0, added: 1, changed: 0, destroyed: 0 });
    const ivs = new IvsClient(clientOptions(deployed.cloud));
    const { channels } = await ivs.send(new ListChannelsCommand({ filterByName: "killed-stage" }));
    expect(channels).toHaveLength(1);
  });
});
