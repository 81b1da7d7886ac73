import { IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { type SmallStack, smallStack } from "#__tests__/support/small-stack.ts";
import { environment } from "#__tests__/support/stacks.ts";
import { ReviewHandler } from "#constructs/ivschat/review-handler.ts";
import { Room, type RoomProps } from "#constructs/ivschat/room.ts";
import { NodeFunction } from "#constructs/lambda/node-function.ts";

/** A room's settings; `reviewed` gives it the stack's handler. */
type Rooms = Readonly<Record<string, RoomProps & { readonly reviewed?: boolean }>>;

let deployed: DeployedCloud;
let stack: SmallStack;

beforeAll(async () => {
  deployed = await deployedCloud();
});
afterAll(() => deployed[Symbol.asyncDispose]());

/** Writes a stack of one function and these rooms. */
function write(rooms: Rooms): void {
  stack = smallStack(deployed, "rooms", {}, (scope) => {
    const { moderation } = environment().settings;
    const fn = new NodeFunction(scope, "review", {
      handler: "review-message",
      constants: { MODERATION_RULES: moderation },
    });
    const handler = new ReviewHandler(scope, "handler", fn);
    for (const [name, { reviewed, ...props }] of Object.entries(rooms)) {
      new Room(scope, name, { name, ...props, ...(reviewed && { review: { handler, fallbackResult: "DENY" } }) });
    }
  });
}

/** Who judges the messages of each room, by the service's word. */
async function judges(): Promise<Record<string, unknown>> {
  const chat = new IvschatClient(clientOptions(deployed.cloud));
  const { rooms: listed = [] } = await chat.send(new ListRoomsCommand({ maxResults: 50 }));
  return Object.fromEntries(
    listed.map(({ name = "", messageReviewHandler }) => [
      name,
      messageReviewHandler?.uri ? messageReviewHandler : "nobody",
    ]),
  );
}

const handler = { uri: expect.stringMatching(/:function:test-rooms-review$/), fallbackResult: "DENY" };

/** The provider waits five minutes and fails where a change does not settle: longer than a test may take. */
describe("a deployed room", () => {
  it("is made with a review handler, or with neither handler nor log", async () => {
    write({ judged: { reviewed: true }, bare: {}, long: {}, quick: {} });
    await stack.init();
    expect(await stack.deploy()).toMatchObject({ added: 9, changed: 0, destroyed: 0 });
    expect(await judges()).toMatchObject({ "judged-500-10": handler, "bare-500-10": "nobody" });
  });

  it("settles when its handler is taken away, and when its length or its rate changes alone", async () => {
    write({ judged: {}, bare: {}, long: { maximumMessageLength: 100 }, quick: { maximumMessageRatePerSecond: 2 } });
    expect(await stack.deploy()).toMatchObject({ added: 0, changed: 3, destroyed: 0 });
    expect(await judges()).toMatchObject({
      "judged-500-10": "nobody",
      "long-100-10": "nobody",
      "quick-500-2": "nobody",
    });
  });

  it("settles when its handler is put back, after which the next plan is empty", async () => {
    write({
      judged: { reviewed: true },
      bare: {},
      long: { maximumMessageLength: 100 },
      quick: { maximumMessageRatePerSecond: 2 },
    });
    expect(await stack.deploy()).toMatchObject({ added: 0, changed: 1, destroyed: 0 });
    expect(await judges()).toMatchObject({ "judged-500-10": handler });
    expect(await stack.isDeployed()).toBe(true);
  });
});
