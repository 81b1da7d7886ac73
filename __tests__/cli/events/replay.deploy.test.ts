import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnPlatform, ownPlatform } from "../users/fixture/own-platform.ts";

let platform: OwnPlatform;
beforeAll(async () => {
  platform = await ownPlatform();
});
afterAll(() => platform[Symbol.asyncDispose]());

const onair = (...args: readonly string[]) => platform.onair(...args);

describe("onair events replay", () => {
  it("puts dead letters back into their queue, and none twice", async () => {
    const QueueUrl = platform.deadLettersUrl("stream-state");
    for (const MessageBody of ["one", "two", "three"]) {
      await platform.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    expect(await onair("events", "replay", "--dry-run")).toMatchObject({
      ...{ code: 0, output: "stream-state: about 3 dead letters; nothing was moved.\n" },
    });
    expect(JSON.parse((await onair("events", "replay", "--limit", "2", "--json")).output)).toMatchObject({
      ...{ command: "events", status: "ok" },
      data: { queue: "stream-state", found: 3, dryRun: false, moved: 2, left: 0 },
    });
    expect(await onair("events", "replay")).toMatchObject({
      output: "stream-state: 1 dead letters put back.\n",
    });
    expect(await onair("events", "replay")).toMatchObject({ output: "stream-state: no dead letters put back.\n" });
    const ask = { QueueUrl: platform.queueUrl("stream-state"), MaxNumberOfMessages: 10 };
    const { Messages = [] } = await platform.sqs.send(new ReceiveMessageCommand(ask));
    expect(Messages.map(({ Body }) => Body).sort()).toEqual(["one", "three", "two"]);
  });

  it("names the queues that there are", async () => {
    const { code, errors } = await onair("events", "replay", "--queue", "account");
    expect(code).toBe(1);
    expect(errors).toMatch(
      /There is no queue account\.\n {2}.*\n {2}Choose one of: accounts, stream-state {2}QUEUE_UNKNOWN\n$/,
    );
  });
});
