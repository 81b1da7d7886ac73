import { describe, expect, test } from "vitest";
import type { Channel } from "#web/api/schema.ts";
import { featured, liveFirst } from "#web/channels/order.ts";
import { viewersText } from "#web/channels/viewers.ts";

const channel = (name: string, more: Partial<Channel> = {}): Channel => ({
  name,
  live: false,
  private: false,
  ...more,
});

describe("the list of channels", () => {
  test("begins with the live ones, and otherwise keeps the site's order", () => {
    const list = [channel("a"), channel("b", { live: true }), channel("c"), channel("d", { live: true })];
    expect(liveFirst(list).map(({ name }) => name)).toEqual(["b", "d", "a", "c"]);
  });

  test("features what can be watched now, else what is open, else anything, else nothing", () => {
    const [closed, open] = [channel("closed", { private: true, live: true }), channel("open")];
    expect(featured([closed, open, channel("on", { live: true })])?.name).toBe("on");
    expect(featured([closed, open])?.name).toBe("open");
    expect(featured([closed])?.name).toBe("closed");
    expect(featured([])).toBeUndefined();
  });
});

test.each([
  [undefined, undefined],
  [0, undefined],
  [1, "1 viewer"],
  [2, "2 viewers"],
  [9999, "9,999 viewers"],
  [12_345, "12.3K viewers"],
])("%s viewers are shown as %j", (viewers, text) => {
  expect(viewersText(viewers)).toBe(text);
});
