/** The header that a message's signature is in. */
export const signatureHeader = "onair-signature";

/** Random bytes that a secret is made of. */
export const secretBytes = 32;

const encoder = new TextEncoder();

/** A new secret: `whsec_` and base64url, without padding. @param bytes 32 random ones */
export function webhookSecret(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return `whsec_${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/**
 * Signs a body, so that its receiver knows who sent it and when: `t=<seconds>,v1=<hex>`, HMAC-SHA256 of the seconds, a
 * dot and the body, by the whole text of the secret. A receiver refuses what is older than it likes.
 */
export async function webhookSignature(secret: string, body: string, seconds: number): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(`${seconds}.${body}`));
  const hex = Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `t=${seconds},v1=${hex}`;
}
