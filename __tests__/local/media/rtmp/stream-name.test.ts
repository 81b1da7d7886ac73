import { describe, expect, it } from "vitest";
import { isApplication, maskStreamKey, readStreamName } from "#local/media/rtmp/stream-name.ts";

describe("the address of a stream", () => {
  it.each(["app", "app/", "/app", "app?fcid=1"])("may say its application as %s", (name) => {
    expect(isApplication(name)).toBe(true);
  });

  it.each(["live", "app2", "app/sk_1", "", undefined, 7])("may not say its application as %s", (name) => {
    expect(isApplication(name)).toBe(false);
  });

  it.each([
    ["sk_us-west-2_abc", "sk_us-west-2_abc", {}],
    ["sk_us-west-2_abc?priority=2&x=%20y", "sk_us-west-2_abc", { priority: "2", x: " y" }],
    ["sk_us-west-2_abc?a=1?b", "sk_us-west-2_abc", { a: "1?b" }],
    ["?a=1", "", { a: "1" }],
    ["", "", {}],
  ])("%j is taken apart", (name, streamKey, query) => {
    const read = readStreamName(name);
    expect(read.streamKey).toBe(streamKey);
    expect(Object.fromEntries(read.query)).toEqual(query);
  });
});

describe("a stream key in a log", () => {
  it.each([
    ["sk_us-west-2_AbCdEf123456", "…3456"],
    ["short-key-1234", "…"],
    ["", "…"],
    ["0123456789abcdefgh\n\u001b[1", "…???1"],
  ])("%j is shown as %s", (key, shown) => {
    expect(maskStreamKey(key)).toBe(shown);
  });
});
