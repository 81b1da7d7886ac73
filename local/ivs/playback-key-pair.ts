import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { arnFor } from "../service-model/arn.ts";
import { conflict, quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { invalidInput } from "../service-model/respond.ts";
import type { Operation } from "./state.ts";

/** A playback key pair as it is kept; the public key verifies tokens and is never shown. */
export type PlaybackKeyPair = Required<Shapes["PlaybackKeyPair"]> & {
  /** PEM of the key's SPKI form. */
  readonly publicKey: string;
};

const show = (pair: PlaybackKeyPair) => pick(pair, ["arn", "name", "fingerprint", "tags"]);

const parsePem = (pem: string): KeyObject | undefined => {
  // Node would also derive a public key from a private one, which nobody should send anywhere.
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(pem)) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
};

/** Reads a P-384 public key in PEM. Throws ValidationException, without repeating the material. */
const readPublicKey = (pem: string): KeyObject => {
  const key = parsePem(pem);
  if (key?.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "secp384r1") return key;
  throw invalidInput([{ path: "publicKeyMaterial", message: "Must be the PEM of a public key on curve P-384" }]);
};

// MD5 of the SPKI in DER, colon separated; whether AWS computes it this way is unverified.
const fingerprintOf = (key: KeyObject): string => {
  const digest = createHash("md5")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
  return digest.replace(/..(?!$)/g, "$&:");
};

export const importPlaybackKeyPair: Operation<"ImportPlaybackKeyPair"> = (call, input) => {
  const { tables, settings } = call;
  const key = readPublicKey(input.publicKeyMaterial);
  const fingerprint = fingerprintOf(key);
  const same = tables.playbackKeyPairs.all().find((pair) => pair.fingerprint === fingerprint);
  if (same) throw conflict(same.arn, `The same key was imported already as ${same.arn}`);
  const limit = settings.quotas.playbackKeyPairs;
  if (tables.playbackKeyPairs.size >= limit) throw quotaExceeded("playback key pairs", limit);
  const pair: PlaybackKeyPair = {
    arn: arnFor("ivs", call, "playback-key", newId()),
    name: input.name ?? "",
    fingerprint,
    tags: input.tags ?? {},
    publicKey: key.export({ type: "spki", format: "pem" }).toString(),
  };
  tables.playbackKeyPairs.put(pair.arn, pair);
  return { keyPair: show(pair) };
};

export const getPlaybackKeyPair: Operation<"GetPlaybackKeyPair"> = (call, { arn }) => ({
  keyPair: show(find(call.tables.playbackKeyPairs, arn)),
});

export const deletePlaybackKeyPair: Operation<"DeletePlaybackKeyPair"> = (call, { arn }) => {
  call.tables.playbackKeyPairs.delete(find(call.tables.playbackKeyPairs, arn).arn);
  return {};
};

export const listPlaybackKeyPairs: Operation<"ListPlaybackKeyPairs"> = (call, input) => {
  const { tables, accountId, region } = call;
  const scope = ["ListPlaybackKeyPairs", accountId, region];
  const all = tables.playbackKeyPairs.all();
  const { items, nextToken } = page(all, input, { scope, size: 100, key: ({ arn }) => arn });
  return { keyPairs: items.map((pair) => pick(pair, ["arn", "name", "tags"])), nextToken };
};
