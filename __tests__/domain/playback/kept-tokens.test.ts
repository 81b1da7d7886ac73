import { describe, expect, it } from "vitest";
import { createKeptTokens } from "#domain/playback/kept-tokens.ts";

/** Makes numbered tokens that end at a second. */
const maker = () => {
  let made = 0;
  const make = (expiresAt: number) => async () => ({ token: `token ${++made}`, expiresAt });
  return { make, count: () => made };
};

describe("createKeptTokens", () => {
  it("gives a token again until a minute before its end", async () => {
    const { make } = maker();
    const kept = createKeptTokens();
    const ask = async (seconds: number) => (await kept.get("a", seconds * 1000, make(seconds + 300))).token;
    expect([await ask(0), await ask(239), await ask(240), await ask(241)]).toEqual([
      "token 1",
      "token 1",
      "token 2",
      "token 2",
    ]);
  });

  it("keeps tokens of other keys apart", async () => {
    const { make } = maker();
    const kept = createKeptTokens();
    const tokens = await Promise.all(["a", "b", "a"].map((key) => kept.get(key, 0, make(300))));
    expect(tokens.map(({ token }) => token)).toEqual(["token 1", "token 2", "token 1"]);
  });

  it("makes one token for all who ask at once, also when the one before has ended", async () => {
    const { make, count } = maker();
    const kept = createKeptTokens();
    await kept.get("a", 0, make(30));
    const tokens = await Promise.all(Array.from({ length: 20 }, () => kept.get("a", 1000, make(300))));
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(["token 2"]));
    expect(count()).toBe(2);
  });

  it("forgets a token that could not be made", async () => {
    const kept = createKeptTokens();
    const fail = () => Promise.reject(new Error("busy"));
    await expect(kept.get("a", 0, fail)).rejects.toThrow("busy");
    expect(await kept.get("a", 0, async () => ({ token: "t", expiresAt: 300 }))).toEqual({
      token: "t",
      expiresAt: 300,
    });
  });

  it("makes a token anew when the one that somebody else waited for could not be made", async () => {
    const kept = createKeptTokens();
    const first = kept.get("a", 0, () => Promise.reject(new Error("busy")));
    const second = kept.get("a", 0, async () => ({ token: "t", expiresAt: 300 }));
    await expect(first).rejects.toThrow("busy");
    expect((await second).token).toBe("t");
  });

  it("keeps no more than it may", async () => {
    const { make, count } = maker();
    const kept = createKeptTokens({ most: 2 });
    for (const key of ["a", "b", "c"]) await kept.get(key, 0, make(300));
    await kept.get("c", 0, make(300));
    expect(count()).toBe(3);
    await kept.get("a", 0, make(300));
    expect(count()).toBe(4);
  });
});
