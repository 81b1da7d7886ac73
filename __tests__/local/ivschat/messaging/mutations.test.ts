import fc from "fast-check";
import { expect, test } from "vitest";
import { isAttributes, readFields, readRequest, requestIdOf } from "#local/ivschat/messaging/request.ts";
import { RequestError } from "#local/ivschat/messaging/request-error.ts";
import { startRooms } from "./fixture.ts";

const good = [
  { Action: "SEND_MESSAGE", RequestId: "r", Content: "Hello 👋", Attributes: { colour: "red" } },
  { Action: "DELETE_MESSAGE", RequestId: "r", Id: "AbCdEf123456", Reason: "spam" },
  { Action: "DISCONNECT_USER", RequestId: "r", UserId: "nobody", Reason: "rude" },
].map((frame) => Buffer.from(JSON.stringify(frame)));

/** A good frame with some bytes changed, taken out, put in or doubled. */
const mutated = fc
  .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat(255)), { minLength: 1, maxLength: 6 }))
  .map(([frame, changes]) =>
    changes.reduce((bytes, [position, kind, byte]) => {
      const at = position % Math.max(1, bytes.length);
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
      if (kind === 0) return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
      if (kind === 1) return Buffer.concat([before, after.subarray(1)]);
      if (kind === 2) return Buffer.concat([before, Buffer.of(byte), after]);
      return Buffer.concat([before, after, after]);
    }, frame),
  );

test("1,000 mutations of good frames harm nobody but their senders", { timeout: 60_000 }, async () => {
  let time = Date.now();
  const { createRoom, join, messaging, reports } = await startRooms({ now: () => time, chat: { now: () => time } });
  const [room, other] = [await createRoom({ maximumMessageRatePerSecond: 100 }), await createRoom()];
  const [witness, bystander] = [await join(room, "witness"), await join(other, "bystander")];
  let client = await join(room, "mutant");
  const frames = fc.sample(mutated, 1000);
  for (const [index, frame] of frames.entries()) {
    time += 1000;
    if (client.socket.readyState !== client.socket.OPEN) client = await join(room, "mutant");
    client.socket.send(frame, { binary: index % 50 === 0 });
    if (index % 5 === 4) {
      // Either an answer to a good frame, which comes after all before it, or a close.
      client.send({ Action: "SEND_MESSAGE", RequestId: `sync ${index}`, Content: "sync" });
      const answered = async () => {
        while ((await client.next()).RequestId !== `sync ${index}`);
      };
      await Promise.race([answered(), client.closed]);
    }
  }
  bystander.send({ Action: "SEND_MESSAGE", Content: "all is well" });
  expect((await bystander.next()).Content).toBe("all is well");
  expect(bystander.frames).toHaveLength(1);
  expect(reports).toEqual([]);
  expect(witness.socket.readyState).toBe(witness.socket.OPEN);
  expect(witness.frames.every(({ Type }) => Type === "MESSAGE" || Type === "EVENT")).toBe(true);
  await expect.poll(() => messaging.connections).toBeLessThanOrEqual(3);
});

test("any text is a good request or a documented refusal", () => {
  const field = fc.oneof(
    fc.string(),
    fc.nat(600).map((length) => "👋".repeat(length)),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const names = ["Action", "RequestId", "Content", "Attributes", "Id", "UserId", "Reason", "__proto__"];
  const actions = fc.constantFrom("SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER");
  const almost = fc
    .tuple(actions, fc.dictionary(fc.constantFrom(...names), field))
    .map(([Action, rest]) => JSON.stringify({ Action, ...rest }));
  const property = fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 2 }), almost), (text) => {
    const fields = readFields(text);
    expect(typeof requestIdOf(fields)).toBe("string");
    try {
      const request = readRequest(fields, 500);
      if (request.action !== "SEND_MESSAGE") return;
      expect([...request.content].length).toBeLessThanOrEqual(500);
      expect(request.attributes === undefined || isAttributes(request.attributes)).toBe(true);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      expect([400, 413]).toContain(error.code);
    }
  });
  fc.assert(property, { numRuns: 300 });
});
