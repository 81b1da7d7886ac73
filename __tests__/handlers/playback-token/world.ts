import { generateKeyPairSync } from "node:crypto";
import { CompactSign, decodeJwt } from "jose";
import type { Account } from "#domain/accounts/account.ts";
import type { RouteId } from "#domain/api/routes.ts";
import type { Audience } from "#domain/playback/entitlement.ts";
import { createKeptTokens } from "#domain/playback/kept-tokens.ts";
import type { PlaybackSigner } from "#domain/playback/signer.ts";
import { tokenHeader } from "#domain/playback/signer.ts";
import { makeHandler } from "#handlers/playback-token/core.ts";
import { type ApiCall, claimsOf, eventFor, readAnswer } from "../fixture/api-call.ts";
import { channelArn, subs } from "../fixture/api-world.ts";
import { MemoryAccounts } from "../fixture/memory-accounts.ts";
import { memoryAccessLists, memoryModeration } from "../fixture/memory-ports.ts";

export const page = "https://live.example.com";
const begin = Date.parse("2026-01-02T15:00:00Z");
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });

export interface PlaybackWorldOptions {
  /** @default whichever page asks */
  readonly origins?: readonly string[];
  /** @default true */
  readonly hasKey?: boolean;
  /** @default for the listed */
  readonly audience?: Audience;
}

/** The function that makes playback tokens over ports in memory, with the private channel of Bob and the public one of Ada. */
export function playbackWorld({ origins = [], hasKey = true, audience }: PlaybackWorldOptions = {}) {
  const lines: string[] = [];
  const tokens: string[] = [];
  const time = { now: begin };
  const now = () => time.now;
  const accounts = new MemoryAccounts();
  const lists = memoryAccessLists();
  const moderation = memoryModeration(now, async () => []);
  const signer: PlaybackSigner = {
    sign: async (claims) => {
      const token = await new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader(tokenHeader)
        .sign(privateKey);
      tokens.push(token);
      return token;
    },
  };
  let ids = 0;
  const watching = {
    ...{ lists, bans: moderation.bans, versions: moderation.watching.versions, now, signer },
    kept: createKeptTokens(),
    policy: { lifetimeSeconds: 300, strictOrigin: true },
    newId: () => `123e4567-e89b-12d3-a456-42661417400${ids++}`,
  };
  const complete = (sub: string, name: string): Account => ({
    ...{ sub, name, stage: "complete", version: 3, channelArn: channelArn(name), roomArn: `room/${name}` },
    addresses: { ingestEndpoint: "ingest.example.com", playbackUrl: `https://play.example.com/${name}.m3u8` },
  });
  accounts.add(complete(subs.ada, "ada"));
  accounts.add(complete(subs.bob, "bob"), { access: "private", ...(audience && { audience }) });
  accounts.add({ ...complete(subs.dan, "dan"), stage: "deleting", deletionStep: "key" });
  accounts.add({ sub: subs.eve, name: "", stage: "deleted", version: 9 });
  const handler = makeHandler(
    { accounts: accounts.store, profiles: accounts.profiles, origins, watching: hasKey ? watching : undefined },
    (level, message, fields = {}) => void lines.push(JSON.stringify({ level, message, ...fields })),
  );
  const send = async (id: RouteId, call: ApiCall) =>
    readAnswer(await handler(eventFor(id, call, call.claims ?? claimsOf(subs.ada))));
  return {
    ...{ accounts, lists, moderation, lines, tokens, time, signer },
    /** Ada asks to watch Bob's channel, unless said otherwise. */
    ask: (call: ApiCall = {}) =>
      send("createPlaybackToken", { params: { name: "bob" }, headers: { origin: page }, ...call }),
    list: (sub: string = subs.ada) => lists.add(subs.bob, { sub, at: begin }),
    claims: decodeJwt as (token: string) => Record<string, unknown>,
  };
}
