import { describe, expect, it } from "vitest";
import { type Audience, mayWatch } from "#domain/playback/entitlement.ts";

const someone = { sub: "someone", groups: [] as string[] };
const ask = (audience: Audience, more: Partial<Parameters<typeof mayWatch>[0]> = {}) =>
  mayWatch({ ownerSub: "owner", audience, viewer: someone, listed: false, ...more });
const ban = { userId: "someone", by: "owner", reason: "", at: 1 };

const audiences: Audience[] = [{ kind: "signed-in" }, { kind: "listed" }, { kind: "group", group: "members" }];

describe("mayWatch", () => {
  it.each(audiences)("lets the owner, moderators and admins watch $kind channels, banned or not", (audience) => {
    for (const viewer of [
      { sub: "owner", groups: [] },
      { sub: "x", groups: ["moderators"] },
      { sub: "x", groups: ["admins"] },
    ]) {
      expect(ask(audience, { viewer, ban })).toEqual({ entitled: true });
    }
  });

  it("lets everyone who is signed in watch where the channel says so", () => {
    expect(ask({ kind: "signed-in" })).toEqual({ entitled: true });
  });

  it("lets those watch whom the owner has listed, and nobody else", () => {
    expect(ask({ kind: "listed" }, { listed: true })).toEqual({ entitled: true });
    expect(ask({ kind: "listed" })).toEqual({ entitled: false, because: "not-listed" });
  });

  it("lets those watch who are in the group, and nobody else", () => {
    const audience: Audience = { kind: "group", group: "members" };
    expect(ask(audience, { viewer: { sub: "x", groups: ["members"] } })).toEqual({ entitled: true });
    expect(ask(audience, { viewer: { sub: "x", groups: ["member"] } })).toEqual({
      entitled: false,
      because: "not-in-group",
    });
    expect(ask(audience, { listed: true })).toEqual({ entitled: false, because: "not-in-group" });
  });

  it.each(audiences)("lets nobody watch a $kind channel from whose chat they are banned", (audience) => {
    const viewer = { sub: "someone", groups: ["members"] };
    expect(ask(audience, { viewer, listed: true, ban })).toEqual({ entitled: false, because: "banned" });
    expect(ask(audience, { viewer, listed: true, ban: { ...ban, until: 9 } })).toEqual({
      entitled: false,
      because: "banned",
      until: 9,
    });
  });
});
