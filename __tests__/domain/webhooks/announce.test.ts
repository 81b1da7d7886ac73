import fc from "fast-check";
import { expect, test } from "vitest";
import { channelArn, minute } from "#__tests__/domain/live-state/support.ts";
import { announce } from "#domain/webhooks/announce.ts";
import type { Happening } from "#domain/webhooks/happening.ts";
import { QueueInMemory, WebhooksInMemory } from "./support.ts";

const noon = Date.parse("2026-01-02T12:00:00Z");

function house() {
  const webhooks = new WebhooksInMemory();
  const queue = new QueueInMemory();
  webhooks.hooks.set("alice", { url: "https://example.com/", secret: "whsec_x" });
  const ownerOf = async (arn: string) => ({ [channelArn(1)]: "alice", [channelArn(2)]: "bob" })[arn];
  const tell = (happening: Happening) => announce(happening, { ownerOf, webhooks, queue });
  return { webhooks, queue, tell };
}

const happening = (kind: Happening["kind"], streamId: string, at: number, place = 1): Happening => ({
  id: `${kind}:${streamId}`,
  kind,
  channelArn: channelArn(place),
  streamId,
  at,
});

test("puts a message for the owner into the queue, without address and secret", async () => {
  const { queue, tell } = house();
  expect(await tell(happening("live", "st-a", noon))).toBe("announced");
  expect(queue.sent).toEqual([
    { message: { sub: "alice", id: "live:st-a", kind: "live", streamId: "st-a", at: noon, tries: 0 }, after: 0 },
  ]);
});

test.each([
  ["a channel whose owner has no webhook", 2],
  ["a channel of nobody", 3],
])("puts nothing into the queue for %s", async (_what, place) => {
  const { queue, tell } = house();
  expect(await tell(happening("live", "st-a", noon, place))).toBe("nobody wants to know");
  expect(queue.sent).toEqual([]);
});

test("tells that a channel is live once in ten minutes, and each end", async () => {
  const { queue, tell } = house();
  const said: string[] = [];
  for (let minutes = 0; minutes <= 20; minutes += 5) {
    said.push(await tell(happening("live", `st-${minutes}`, noon + minutes * minute)));
    await tell(happening("ended", `st-${minutes}`, noon + minutes * minute + 1000));
  }
  expect(said).toEqual(["announced", "lately", "announced", "lately", "announced"]);
  expect(queue.sent.filter(({ message }) => message.kind === "ended")).toHaveLength(5);
});

test("tells again what may not have reached the queue, though less than ten minutes went by", async () => {
  const { queue, tell } = house();
  queue.beforeSend = () => {
    queue.beforeSend = () => {};
    throw new Error("SQS: 500");
  };
  await expect(tell(happening("live", "st-a", noon))).rejects.toThrow("SQS: 500");
  expect(await tell(happening("live", "st-a", noon))).toBe("announced");
  expect(await tell(happening("live", "st-b", noon + minute))).toBe("lately");
  expect(queue.sent.map(({ message }) => message.id)).toEqual(["live:st-a"]);
});

test("tells that a channel is live also where the answer to its mark is lost and the client asks again", async () => {
  const { webhooks, queue, tell } = house();
  webhooks.losesAnswers = true;
  expect(await tell(happening("live", "st-a", noon))).toBe("announced");
  // Another stream that begins in the same second is another one.
  expect(await tell(happening("live", "st-b", noon))).toBe("lately");
  expect(queue.sent.map(({ message }) => message.id)).toEqual(["live:st-a"]);
});

test("however often the encoder drops, two messages of a channel being live are ten minutes apart", async () => {
  const pauses = fc.array(fc.integer({ min: 1, max: 15 * 60 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(pauses, async (seconds) => {
      const { queue, tell } = house();
      let at = noon;
      for (const [place, pause] of seconds.entries()) {
        at += pause * 1000;
        await tell(happening("live", `st-${place}`, at));
      }
      const times = queue.sent.map(({ message }) => message.at);
      expect(times.length).toBeGreaterThan(0);
      for (const [place, time] of times.slice(1).entries()) {
        expect(time - (times[place] ?? 0)).toBeGreaterThanOrEqual(10 * minute);
      }
    }),
  );
});
