import fc from "fast-check";
import { expect, test } from "vitest";
import { type Draw, World } from "#__tests__/domain/accounts/world.ts";
import { memoryAccessLists, memoryModeration } from "#__tests__/handlers/fixture/memory-ports.ts";
import { ban, revokeSessions, unban } from "#domain/chat/moderate.ts";
import type { PlaybackClaims } from "#domain/playback/claims.ts";
import { createKeptTokens } from "#domain/playback/kept-tokens.ts";
import { unlist } from "#domain/playback/unlist.ts";
import { watch } from "#domain/playback/watch.ts";

const owner = "owner-1";
const viewer = { sub: "viewer-1", groups: [] };
const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const room = { ownerSub: owner, roomArn: "room/1", privateChannelArn: channelArn, by: owner };

type Verb = "ban" | "unban" | "list" | "unlist" | "revoke" | "watch" | "watch once";

/** What keeps somebody out from its answer on, until its opposite begins; one that ran beside its opposite says nothing. */
class Exclusion {
  isOut = false;
  #opposites = 0;
  #begun = 0;

  async keepOut(act: () => Promise<unknown>) {
    const begun = this.#begun;
    const isAlone = this.#opposites === 0;
    await act();
    if (isAlone && begun === this.#begun) this.isOut = true;
  }

  async letIn(act: () => Promise<unknown>) {
    this.isOut = false;
    this.#begun++;
    this.#opposites++;
    await act().finally(() => this.#opposites--);
  }
}

/** A viewer and a private channel for the listed, over ports of which each call takes a while, and may break off. */
class Cinema {
  readonly world: World;
  readonly banned = new Exclusion();
  readonly unlisted = new Exclusion();
  /** Tokens that were answered with and are good where they should not be, or the other way round. */
  readonly faults: string[] = [];
  readonly issued: PlaybackClaims[] = [];
  revokedUpTo = -1;
  readonly #moderation;
  readonly #lists;
  readonly #watching;
  /** How often sessions began to be ended, and how often that goes on. */
  #endings = 0;
  #running = 0;

  constructor(draw: Draw) {
    this.world = new World(draw);
    const moderation = memoryModeration(this.world.clock.now, async () => []);
    this.#moderation = {
      ...moderation,
      bans: this.#slow(moderation.bans),
      audit: this.#slow(moderation.audit),
      watching: {
        versions: this.#slow(moderation.watching.versions),
        sessions: this.#slow({
          revoke: async (revocations: readonly { readonly upToVersion: number }[]) => {
            for (const { upToVersion } of revocations) this.revokedUpTo = Math.max(this.revokedUpTo, upToVersion);
          },
        }),
      },
    };
    this.#lists = this.#slow(memoryAccessLists());
    this.#watching = {
      ...{ bans: this.#moderation.bans, lists: this.#lists, versions: this.#moderation.watching.versions },
      signer: this.#slow({ sign: async (claims: PlaybackClaims) => JSON.stringify(claims) }),
      kept: createKeptTokens(),
      policy: { lifetimeSeconds: 300, strictOrigin: false },
      now: this.world.clock.now,
      newId: () => "123e4567-e89b-12d3-a456-426614174000",
    };
  }

  #slow<Port extends object>(port: Port): Port {
    const calls = Object.entries(port).map(([name, call]) => [
      name,
      (...given: unknown[]) => this.world.call(() => call(...given)),
    ]);
    return Object.fromEntries(calls) as Port;
  }

  readonly #isGood = (claims: PlaybackClaims) => (claims["aws:viewer-session-version"] ?? 0) > this.revokedUpTo;

  #lookAtAll(why: string) {
    if (!this.banned.isOut && !this.unlisted.isOut) return;
    if (this.issued.some(this.#isGood)) this.faults.push(why);
  }

  async #ask(singleUse: boolean) {
    // What ends sessions meanwhile may end this one before it begins; the page asks once more.
    const endings = this.#running > 0 ? Number.NaN : this.#endings;
    const channel = { sub: owner, channelArn, audience: { kind: "listed" } } as const;
    const asked = { channel, viewer, origin: "https://live.example.com", singleUse };
    const answer = await watch(this.#watching, asked);
    if (!answer.entitled) return;
    const claims: PlaybackClaims = JSON.parse(answer.token);
    this.issued.push(claims);
    this.#lookAtAll("given to who is out");
    if (endings === this.#endings && !this.#isGood(claims)) this.faults.push("given though it was worth nothing");
  }

  async act(verb: Verb): Promise<void> {
    if (verb === "watch" || verb === "watch once") return this.#ask(verb === "watch once");
    if (verb === "unban") return this.banned.letIn(() => unban(this.#moderation, room, viewer.sub));
    if (verb === "list") return this.unlisted.letIn(() => this.#lists.add(owner, { sub: viewer.sub, at: 0 }));
    this.#endings++;
    this.#running++;
    await this.#end(verb).finally(() => this.#running--);
    this.#lookAtAll(`left after ${verb}`);
  }

  #end(verb: "ban" | "unlist" | "revoke"): Promise<void> {
    const moderation = this.#moderation;
    const userId = viewer.sub;
    if (verb === "ban") return this.banned.keepOut(() => ban(moderation, room, { userId, reason: "" }));
    if (verb === "revoke") return revokeSessions(moderation, room, { channelArn, userIds: [userId], reason: "" });
    const listed = { ownerSub: owner, sub: userId, listedChannelArn: channelArn };
    return this.unlisted.keepOut(() => unlist({ ...moderation.watching, lists: this.#lists }, listed));
  }
}

test("no token is good of who is banned or unlisted, whatever happens beside and between, and every other one is", async () => {
  const verb = fc.constantFrom<Verb>(
    "ban",
    "unban",
    "list",
    "unlist",
    "revoke",
    "watch",
    "watch",
    "watch",
    "watch once",
  );
  const deed = fc.record({ verb, pause: fc.integer({ min: 0, max: 250 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 2, maxLength: 14 }),
      fc.integer({ min: 0, max: 4 }),
      fc.infiniteStream(fc.nat(2 ** 30)),
      async (deeds, faults, numbers) => {
        const cinema = new Cinema((below) => (numbers.next().value ?? 0) % below);
        await Promise.all([cinema.act("list"), cinema.world.run()]);
        cinema.world.faults = faults;
        let at = 0;
        for (const { verb, pause } of deeds) {
          at += pause;
          cinema.world.after(at, () => void cinema.act(verb).catch(() => {}));
        }
        await cinema.world.run();
        cinema.world.faults = 0;
        expect(cinema.faults).toEqual([]);
        // Whatever broke off: the same call again ends it.
        await Promise.all([cinema.act("ban"), cinema.world.run()]);
        expect([cinema.faults, cinema.banned.isOut]).toEqual([[], true]);
        const before = cinema.issued.length;
        await Promise.all([cinema.act("watch"), cinema.world.run()]);
        expect(cinema.issued.length).toBe(before);
      },
    ),
    { numRuns: 1000 },
  );
}, 60_000);
