import { describe, expect, test } from "vitest";
import type { Channel } from "#web/api/schema.ts";
import { mergeChannels } from "#web/channels/merge.ts";
import { featured } from "#web/channels/order.ts";
import { viewersText } from "#web/channels/viewers.ts";

const channel = (name: string, more: Partial<Channel> = {}): Channel => ({
  name,
  nickname: name,
  title: "",
  description: "",
  access: "public",
  live: false,
  ...more,
});
const onAir = { live: true, viewers: 2, startedAt: "2026-01-02T03:04:05Z" } as const;

describe("the list of channels", () => {
  test("begins with those on air, each once, and otherwise keeps the site's order", () => {
    const all = [channel("a"), channel("b"), channel("c")];
    const names = mergeChannels([channel("b", onAir), channel("z", onAir)], all, true).map(({ name }) => name);
    expect(names).toEqual(["b", "z", "a", "c"]);
  });

  test("believes the newer list: what is not in it is off air", () => {
    expect(mergeChannels([], [channel("a", onAir)], true)).toEqual([channel("a")]);
  });

  test("takes a channel for live that the newer list has no room for", () => {
    const merged = mergeChannels([channel("b", onAir)], [channel("c"), channel("a", onAir)], false);
    expect(merged.map(({ name, live }) => [name, live])).toEqual([
      ["b", true],
      ["a", true],
      ["c", false],
    ]);
  });

  test("features what can be watched now, else what is open, else anything, else nothing", () => {
    const [closed, open] = [channel("closed", { access: "private", live: true }), channel("open")];
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
