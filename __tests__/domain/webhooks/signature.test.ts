import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { webhookSecret, webhookSignature } from "#domain/webhooks/signature.ts";

test("a secret is 32 bytes in base64url behind whsec_", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(webhookSecret(bytes)).toBe(`whsec_${Buffer.from(bytes).toString("base64url")}`);
    }),
  );
});

test("a signature is the time and the HMAC-SHA256 of time, dot and body", async () => {
  const secret = webhookSecret(randomBytes(32));
  const body = '{"title":"Grüße 👋"}';
  const expected = createHmac("sha256", secret).update(`1767322800.${body}`).digest("hex");
  expect(await webhookSignature(secret, body, 1767322800)).toBe(`t=1767322800,v1=${expected}`);
});
