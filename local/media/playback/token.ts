import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { PlaybackError } from "./refusal.ts";

type Json = Readonly<Record<string, unknown>>;

/** ES384: r and s of 48 bytes each. */
const SIGNATURE_BYTES = 96;
/** Far above any real token; what is longer is not decoded. */
const MOST_TOKEN_CHARACTERS = 8192;

const refused = (message: string) => new PlaybackError("invalid_playback_auth_token", message);

/** Decodes base64url that is written in the one shortest way. */
const decode = (part: string): Buffer => {
  const bytes = Buffer.from(part, "base64url");
  if (part === "" || bytes.toString("base64url") !== part) throw refused("token is not base64url");
  return bytes;
};

const parseObject = (part: string, name: string): Json => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(decode(part)));
  } catch (error) {
    if (error instanceof PlaybackError) throw error;
    throw refused(`token ${name} is not JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refused(`token ${name} is not a JSON object`);
  }
  return value as Json;
};

const shown = (value: unknown) => String(JSON.stringify(value)).slice(0, 40);

// The algorithm is fixed, never taken from the token: that is what refuses `none` and a public key used as an HMAC secret.
const checkHeader = ({ alg, typ, crit }: Json): void => {
  if (alg !== "ES384") throw refused(`alg must be ES384, it is ${shown(alg)}`);
  if (typ !== "JWT") throw refused(`typ must be JWT, it is ${shown(typ)}`);
  if (crit !== undefined) throw refused("crit is not supported");
};

const isP384 = (key: KeyObject) =>
  key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "secp384r1";

/**
 * The claims of a playback token that one of the keys has signed (RFC 7519, ES384 only).
 * @param keys public keys in PEM, of the channel's account and region
 * @throws PlaybackError for a token that is missing, malformed or signed by none of the keys
 */
export const readToken = (token: string | undefined, keys: readonly string[]): Json => {
  const parts = token?.split(".") ?? [];
  const [header, payload, signature] = parts;
  // The service's own wording, also where there is no token at all (field report).
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw refused("token contains an invalid number of segments");
  }
  if (token === undefined || token.length > MOST_TOKEN_CHARACTERS) throw refused("token is too long");
  checkHeader(parseObject(header, "header"));
  const claims = parseObject(payload, "payload");
  const signatureBytes = decode(signature);
  const signed = Buffer.from(`${header}.${payload}`);
  const isSignedBy = (pem: string) => {
    const key = createPublicKey(pem);
    return isP384(key) && verify("sha384", signed, { key, dsaEncoding: "ieee-p1363" }, signatureBytes);
  };
  if (signatureBytes.length !== SIGNATURE_BYTES || !keys.some(isSignedBy)) throw refused("signature is invalid");
  return claims;
};
