import { IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { Gate } from "#__tests__/support/gate.ts";
import { killApply } from "#__tests__/support/kill-apply.ts";
import { type SmallStack, smallStack } from "#__tests__/support/small-stack.ts";
import { type StateLocks, stateLocks } from "#__tests__/support/state-locks.ts";
import { CliError } from "#cli/terminal/cli-error.ts";
import type { AwsStack } from "#constructs/core/aws-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { Room } from "#constructs/ivschat/room.ts";

let deployed: DeployedCloud;
let alice: SmallStack;
let bob: SmallStack;
let locks: StateLocks;
let gate: Gate;

beforeAll(async () => {
  deployed = await deployedCloud();
  gate = new Gate(deployed.folder);
  alice = smallStack(deployed, "shared", { person: "alice" }, withGate);
  bob = smallStack(deployed, "shared", { person: "bob" }, withGate);
  locks = stateLocks(deployed.cloud, alice);
  await Promise.all([alice, bob].map((stack) => stack.init()));
});
afterAll(() => deployed[Symbol.asyncDispose]());

/** A channel; then a gate, at which an apply waits; then a room. */
function withGate(stack: AwsStack): void {
  const channel = new Channel(stack, "stage", { name: "locked-stage" });
  const before = gate.resource(stack, [channel.resource]);
  const room = new Room(stack, "lobby", { name: "locked-lobby" });
  room.resource.dependsOn = [`${before.terraformResourceType}.${before.friendlyUniqueId}`];
}

/** What a deploy that must fail says. */
async function refusal(run: Promise<unknown>): Promise<CliError> {
  const thrown = await run.then(
    () => "nothing was refused",
    (error: unknown) => error,
  );
  if (thrown instanceof CliError) return thrown;
  throw thrown;
}

/** How many of the stack's channels and rooms exist, whatever the state says. */
async function made(): Promise<Record<string, number>> {
  const { channels = [] } = await new IvsClient(clientOptions(deployed.cloud)).send(
    new ListChannelsCommand({ filterByName: "locked-stage" }),
  );
  const { rooms = [] } = await new IvschatClient(clientOptions(deployed.cloud)).send(
    new ListRoomsCommand({ name: "locked-lobby-500-10" }),
  );
  return { channels: channels.length, rooms: rooms.length };
}

/** The addresses in the state, without the hashes that end them. */
async function addresses(): Promise<string[]> {
  const listed = await alice.terraform.must("state", "list");
  return listed
    .split("\n")
    .filter((line) => /^(aws|terraform)_/.test(line))
    .map((line) => line.replace(/_[0-9A-F]{8}$/, ""));
}

/** A lock as Terraform writes it. */
const lockOf = ({ state }: SmallStack, id: string) =>
  JSON.stringify({
    ID: id,
    Operation: "OperationTypePlan",
    Info: "",
    Who: "carol@desk",
    Version: "1.11.4",
    Created: new Date().toISOString(),
    Path: `${state.bucket}/${state.key}`,
  });

describe("the lock of a state", () => {
  it("lets one of two deploys through, and tells the other who holds it", async () => {
    const stop = new AbortController();
    const both = [alice, bob].map((stack) => stack.deploy(stop.signal));
    const refused = await Promise.any(both.map((run) => refusal(run)));
    await gate.reached();
    const { table: id } = await locks.held();
    expect(await locks.held()).toEqual({ table: id, file: id });
    expect(refused).toMatchObject({
      code: "LOCK_HELD",
      what: expect.stringMatching(
        /^Stack shared is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d UTC \(apply, 0 min ago\)\.$/,
      ),
      why: "Nothing was changed. Wait until that run is over.",
      cure: `If it is gone, free the lock: terraform force-unlock -force ${id}`,
    });

    stop.abort(new CliError("INTERRUPTED", "Stopped by you.", "", ""));
    const ends = await Promise.all(both.map((run) => refusal(run)));
    expect(ends.map(({ code }) => code).sort()).toEqual(["INTERRUPTED", "LOCK_HELD"]);
  });

  it("is free after Ctrl-C, and the state has what was made until then", async () => {
    expect(await locks.held()).toEqual({});
    expect(await addresses()).toEqual([
      "aws_ivs_channel.stage",
      "terraform_data.gate",
      "terraform_data.stage_Authorized",
    ]);
  });

  it("outlives a Terraform that is killed, and the next run says how to free it", async () => {
    await killApply(alice, () => gate.reached());
    const { table: id } = await locks.held();
    expect(await locks.held()).toEqual({ table: expect.any(String), file: id });
    expect(await refusal(bob.deploy())).toMatchObject({
      code: "LOCK_HELD",
      cure: `If it is gone, free the lock: terraform force-unlock -force ${id}`,
    });
  });

  it("is freed by force-unlock, both halves; nothing is lost, and the next deploy makes nothing twice", async () => {
    const { table: id = "" } = await locks.held();
    await bob.terraform.must("force-unlock", "-force", id);
    expect(await locks.held()).toEqual({});
    gate.open();
    expect(await bob.deploy()).toEqual({ imported: 0, added: 2, changed: 0, destroyed: 1 });
    expect(await addresses()).toEqual([
      "aws_ivs_channel.stage",
      "aws_ivschat_room.lobby",
      "terraform_data.gate",
      "terraform_data.stage_Authorized",
    ]);
    expect(await made()).toEqual({ channels: 1, rooms: 1 });
    expect(await alice.isDeployed()).toBe(true);
  });

  it.each(["table", "file"] as const)(
    "refuses a deploy when only its %s is held, and leaves the other half alone",
    async (half) => {
      await locks[half].hold(lockOf(alice, "0b9d6c1e-0000-4000-8000-000000000000"));
      expect(await refusal(bob.deploy())).toMatchObject({
        code: "LOCK_HELD",
        what: expect.stringMatching(/^Stack shared is locked by carol@desk since .* UTC \(plan, 0 min ago\)\.$/),
        cure: "If it is gone, free the lock: terraform force-unlock -force 0b9d6c1e-0000-4000-8000-000000000000",
      });
      expect(await locks.held()).toEqual({ [half]: "0b9d6c1e-0000-4000-8000-000000000000" });
      await locks[half].free();
    },
  );
});
