import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Shapes } from "../service-model/generated/ivschat.types.ts";

/** What a chat token says about the connection that is made with it. */
export interface ChatTokenClaims {
  /** Tells apart two tokens that say the same. */
  readonly id: string;
  readonly roomArn: string;
  readonly userId: string;
  /** Viewing takes none. */
  readonly capabilities: Shapes["ChatTokenCapabilities"];
  readonly attributes: Shapes["ChatTokenAttributes"];
  /** Until when it can be used to connect, in milliseconds since 1970. */
  readonly tokenExpires: number;
  /** Until when a connection made with it lasts, in milliseconds since 1970. */
  readonly sessionExpires: number;
}

const ivBytes = 12;
const tagBytes = 16;

/** A key for tokens. */
export const newTokenKey = (): Buffer => randomBytes(32);

/**
 * Seals claims into a token. Nobody without the key can read or change it, and the service need not remember it.
 * Its characters are legal in a WebSocket subprotocol, where clients put it.
 */
export const sealToken = (key: Buffer, claims: ChatTokenClaims): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(claims), "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url");
};

/** Reads a token; undefined where it was not sealed with this key. Whether it has expired is for the caller to say. */
export const openToken = (key: Buffer, token: string): ChatTokenClaims | undefined => {
  const sealed = Buffer.from(token, "base64url");
  if (sealed.length <= ivBytes + tagBytes || sealed.toString("base64url") !== token) return undefined;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivBytes));
    decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    const text = Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
    return JSON.parse(text.toString("utf8"));
  } catch {
    return undefined;
  }
};
