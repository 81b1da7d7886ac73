import { type CryptoKey, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { checkPlayback, type PlaybackChannel, type PlaybackRequest } from "#local/media/playback/check-playback.ts";
import { createPlaybackMemory } from "#local/media/playback/memory.ts";

/** Frozen: 2026-01-02T03:04:05Z. */
export const nowSeconds = 1_767_323_045;
export const now = nowSeconds * 1000;

export const channelArn = "arn:aws:ivs:eu-west-1:000000000000:channel/AbCdEf123456";
export const channel: PlaybackChannel = { arn: channelArn, authorized: true };
export const url = "/api/video/v1/eu-west-1.000000000000.channel.AbCdEf123456.m3u8";
export const page = "https://live.example.com";
export const uuid = "0b5e5e9c-3f0a-4f0e-9a51-5a8f6f3d7c11";

export const pair = await generateKeyPair("ES384", { extractable: true });
export const pem = await exportSPKI(pair.publicKey);

export const goodClaims = { "aws:channel-arn": channelArn, exp: nowSeconds + 300 };

/** A token as jose signs it; claims that are undefined are left out. */
export const sign = (
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  key: CryptoKey = pair.privateKey,
) =>
  new SignJWT({ ...goodClaims, ...claims } as never)
    .setProtectedHeader({ alg: "ES384", typ: "JWT", ...header } as never)
    .sign(key);

export const requestFrom = (origin?: string, more: Partial<PlaybackRequest> = {}): PlaybackRequest => ({
  url,
  origin,
  now,
  ...more,
});

export const emptyMemory = () =>
  createPlaybackMemory(
    () => undefined,
    () => now,
  );

/** Asks for the playlist with a fresh memory, from no web page. */
export const check = (token: string | undefined, request = requestFrom(), memory = emptyMemory(), keys = [pem]) =>
  checkPlayback(token, channel, keys, request, memory);

/** What a refused request was told; undefined where it was allowed. */
export const refusalText = (verdict: ReturnType<typeof check>) =>
  verdict.allowed ? undefined : verdict.body[0]?.error;
