import { describe, expect, it } from "vitest";
import { createLiveStream } from "#local/media/origin/live-stream.ts";
import { createViewings } from "#local/media/origin/viewings.ts";

const ARN = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const SECOND = 1_000;

const start = () => {
  const clock = { now: 0 };
  return { clock, viewings: createViewings<string>(() => clock.now), stream: createLiveStream({}) };
};

describe("viewers", () => {
  it("count from their first fetch of the media playlist until 30 seconds after their last", () => {
    const { clock, viewings, stream } = start();
    const { id } = viewings.begin(ARN, stream, "session");
    expect(viewings.count(stream)).toBe(0);
    viewings.watch(id);
    expect(viewings.count(stream)).toBe(1);
    clock.now = 20 * SECOND;
    viewings.watch(id);
    clock.now = 50 * SECOND;
    expect(viewings.count(stream)).toBe(1);
    clock.now += 1;
    expect(viewings.count(stream)).toBe(0);
  });

  it("are counted apart, and by stream", () => {
    const { viewings, stream } = start();
    const other = createLiveStream({});
    for (const target of [stream, stream, other]) viewings.watch(viewings.begin(ARN, target, "session").id);
    expect([viewings.count(stream), viewings.count(other)]).toEqual([2, 1]);
  });
});

describe("a viewing", () => {
  it("has an id that cannot be guessed", () => {
    const { viewings, stream } = start();
    const ids = Array.from({ length: 100 }, () => viewings.begin(ARN, stream, "session").id);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    expect(viewings.watch("guessed")).toBeUndefined();
  });

  it("keeps what its authorization said, through a pause of ten minutes and no longer", () => {
    const { clock, viewings, stream } = start();
    const { id } = viewings.begin(ARN, stream, "the session");
    clock.now = 600 * SECOND;
    viewings.begin(ARN, stream, "another");
    expect(viewings.watch(id)?.session).toBe("the session");
    clock.now += 600 * SECOND + 1;
    viewings.begin(ARN, stream, "another");
    expect(viewings.watch(id)).toBeUndefined();
  });
});
