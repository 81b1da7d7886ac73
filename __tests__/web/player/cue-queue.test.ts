import { expect, test } from "vitest";
import { createCueQueue } from "#web/player/cue-queue.ts";

test("tells each text when playback comes to it, once, in the video's order", () => {
  const told: string[] = [];
  const queue = createCueQueue((text) => told.push(text));
  queue.add(3, "second");
  queue.add(2, "first");
  queue.reach(1.9);
  expect(told).toEqual([]);
  queue.reach(3.1);
  expect(told).toEqual(["first", "second"]);
  queue.reach(9);
  expect(told).toHaveLength(2);
});

test("takes a piece of video that was loaded again for the same, and the same text later for another", () => {
  const told: string[] = [];
  const queue = createCueQueue((text) => told.push(text));
  queue.add(1, "a");
  queue.add(1, "a");
  queue.reach(1);
  queue.add(1, "a");
  queue.add(2, "a");
  queue.reach(2);
  expect(told).toEqual(["a", "a"]);
});
