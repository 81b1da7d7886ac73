import { randomUUID } from "node:crypto";
import {
  CreateChannelCommand,
  GetChannelCommand,
  GetStreamCommand,
  IvsClient,
  ListStreamKeysCommand,
} from "@aws-sdk/client-ivs";
import { GetRoomCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { client } from "#__tests__/local/fixture/own-cloud.ts";
import { sendClip } from "#__tests__/local/live/fixture/send-clip.ts";
import { readStreamKey } from "#aws/ivs/stream-key.ts";
import { accountState } from "#domain/accounts/account.ts";
import { requestDeletion } from "#domain/accounts/deletion.ts";
import { resetStreamKey } from "#domain/accounts/key-reset.ts";
import { makeHandler } from "#handlers/confirm-sign-up/core.ts";
import { Crash, Crew } from "./fixture/crew.ts";
import { type BeforeCall, Platform } from "./fixture/platform.ts";

let platform: Platform;
let crew: Crew;
beforeAll(async () => {
  platform = await Platform.start({ rates: "none" });
  crew = new Crew(platform);
});
afterAll(() => platform[Symbol.asyncDispose]());

const newSub = () => randomUUID();
const asRoot = () => client(platform.own.cloud, platform.own.root);

async function complete(): Promise<string> {
  const sub = newSub();
  await crew.signUp(sub);
  await crew.finish(sub, platform.ports());
  return sub;
}

async function expectWhole(sub: string) {
  const account = await crew.store.read(sub);
  expect([accountState(account), account?.keyReset]).toEqual(["ready", undefined]);
  expect(await crew.belongings(sub)).toEqual({ channels: [account?.channelArn], rooms: [account?.roomArn] });
}

async function expectGone(sub: string) {
  expect(accountState(await crew.store.read(sub))).toBe("deleted");
  expect(await crew.belongings(sub)).toEqual({ channels: [], rooms: [] });
}

/** A worker that dies at a call which changes nothing leaves what it leaves at the call before. */
const changesNothing = /^(Get|List|Query|BatchGet)/;

/** Breaks off the change of that place: the first one before it, the others after it. Counts all of them. */
function breaking(place: number) {
  const changes: string[] = [];
  const before: BeforeCall = async (operation, send) => {
    if (changesNothing.test(operation)) return send();
    if (place === 0) throw new Crash(operation);
    if (changes.push(operation) !== place) return send();
    await send().catch(() => undefined);
    throw new Crash(operation);
  };
  return { changes, before };
}

/** Breaks something off at each of its changes in turn, and has it ended; answers with the changes. */
async function breakEverywhere(
  prepare: () => Promise<string>,
  run: (sub: string, ports: ReturnType<Platform["ports"]>) => Promise<unknown>,
  check: (sub: string) => Promise<void>,
): Promise<readonly string[]> {
  for (let place = 0; ; place++) {
    const sub = await prepare();
    const { changes, before } = breaking(place);
    const broken = run(sub, platform.ports({ before }));
    const error = await broken.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (place > changes.length) return changes;
    expect(error, changes[place - 1]).toBeInstanceOf(Crash);
    await crew.finish(sub, platform.ports());
    await check(sub);
  }
}

describe("a sign-up", () => {
  test("confirmed three times, two of them at once, and followed by a new password, is one channel, room and row", async () => {
    const sub = newSub();
    const handler = makeHandler({ signUp: (who) => crew.signUp(who), log: () => {} });
    const event = (triggerSource: string) => ({
      triggerSource,
      userName: sub,
      request: { userAttributes: { sub, nickname: "Ana" } },
      response: {},
    });
    const confirmed = event("PostConfirmation_ConfirmSignUp");
    await Promise.all([handler(confirmed), handler(confirmed)]);
    await handler(confirmed);
    await handler(event("PostConfirmation_ConfirmForgotPassword"));
    expect(crew.backlog.filter((queued) => queued.sub === sub)).toHaveLength(3);
    await Promise.all([1, 2, 3].map(() => crew.work(sub, platform.ports())));
    await crew.finish(sub, platform.ports());
    await expectWhole(sub);
  });

  test("makes channel and room as settings say, with our tags", async () => {
    const sub = await complete();
    const { channelArn, roomArn } = (await crew.store.read(sub)) ?? {};
    const tags = { "onair:environment": "test", "onair:user": sub };
    const { channel } = await new IvsClient(asRoot()).send(new GetChannelCommand({ arn: channelArn }));
    expect(channel).toMatchObject({
      ...{ name: `onair-test-${sub}`, type: "STANDARD", latencyMode: "LOW", insecureIngest: true, tags },
      recordingConfigurationArn: "",
      containerFormat: "FRAGMENTED_MP4",
      multitrackInputConfiguration: { enabled: true, policy: "ALLOW", maximumResolution: "HD" },
    });
    const room = await new IvschatClient(asRoot()).send(new GetRoomCommand({ identifier: roomArn }));
    expect(room).toMatchObject({
      ...{ name: `onair-test-${sub}`, maximumMessageLength: 120, maximumMessageRatePerSecond: 5, tags },
      messageReviewHandler: { uri: platform.reviewFunctionArn, fallbackResult: "DENY" },
    });
  });

  test("broken off at any call is ended by the next worker, without an orphan", async () => {
    const prepare = async () => {
      const sub = newSub();
      await crew.signUp(sub);
      return sub;
    };
    const changes = await breakEverywhere(prepare, (sub, ports) => crew.work(sub, ports), expectWhole);
    expect(changes).toEqual(expect.arrayContaining(["CreateChannel", "CreateRoom"]));
  });
});

describe("a key reset", () => {
  test("broken off at any call is ended by the next worker, and leaves one new key", async () => {
    const reset = (sub: string, ports: ReturnType<Platform["ports"]>) =>
      resetStreamKey(sub, "request-1", crew.portsOf(ports));
    const check = async (sub: string) => {
      await expectWhole(sub);
      const account = await crew.store.read(sub);
      const keys = await platform.ports().keys.list(account?.channelArn ?? "");
      expect(keys).toHaveLength(1);
      if (account?.lastReset) expect(keys).toEqual([account.lastReset.keyArn]);
    };
    const changes = await breakEverywhere(complete, reset, check);
    expect(changes).toEqual(expect.arrayContaining(["DeleteStreamKey", "CreateStreamKey"]));
  });
});

describe("a deletion", () => {
  const askFor = async () => {
    const sub = await complete();
    await requestDeletion(sub, { store: crew.store, queue: crew.queue });
    return sub;
  };

  test("broken off at any call is ended by the next worker, and leaves nothing", async () => {
    const changes = await breakEverywhere(askFor, (sub, ports) => crew.work(sub, ports), expectGone);
    expect(changes).toEqual(
      expect.arrayContaining([...["DeleteStreamKey", "StopStream", "DeleteChannel", "DeleteRoom", "AdminDeleteUser"]]),
    );
  });
});

describe("a live account's deletion", () => {
  test("takes the key, stops the stream and waits for its end, and the encoder cannot come back", async () => {
    const sub = await complete();
    const ivs = new IvsClient(asRoot());
    const channelArn = (await crew.store.read(sub))?.channelArn ?? "";
    const key = await readStreamKey(ivs, channelArn);
    const address = `${platform.own.cloud.rtmpUrl}/${key}`;
    const encoder = await sendClip(address);
    await vi.waitFor(() => ivs.send(new GetStreamCommand({ channelArn })), { timeout: 20_000, interval: 100 });
    await requestDeletion(sub, { store: crew.store, queue: crew.queue });
    expect(await crew.work(sub, platform.ports())).toMatchObject({ kind: "later", why: "still-live" });
    expect((await crew.store.read(sub))?.deletionStep).toBe("stream");
    expect((await ivs.send(new ListStreamKeysCommand({ channelArn }))).streamKeys).toEqual([]);
    await encoder.ended;
    const again = await sendClip(address);
    await again.ended;
    await crew.finish(sub, platform.ports());
    await expectGone(sub);
  });
});

describe("a worker's role", () => {
  test("cannot remove, stop or look into a channel of the house, nor make it a user's", async () => {
    const ivs = new IvsClient(asRoot());
    const { channel } = await ivs.send(
      new CreateChannelCommand({ name: "main-stage", tags: { "onair:environment": "test" } }),
    );
    const arn = String(channel?.arn);
    const { channels, keys, streams } = platform.ports();
    await expect(channels.remove(arn)).rejects.toThrow("DeleteChannel failed: AccessDeniedException");
    await expect(keys.list(arn)).rejects.toThrow("ListStreamKeys failed: AccessDeniedException");
    await expect(streams.stop(arn)).rejects.toThrow("StopStream failed: AccessDeniedException");
    expect((await ivs.send(new GetChannelCommand({ arn }))).channel?.name).toBe("main-stage");
  });
});
