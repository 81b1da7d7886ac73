import fc from "fast-check";
import { expect, test } from "vitest";
import { guestUserId } from "#domain/chat/guest.ts";

test("a guest is known by a hash of the secret", async () => {
  expect(await guestUserId("0123456789abcdef")).toMatch(/^guest-[0-9a-z]{8}$/);
  expect(await guestUserId("0123456789abcdef")).toBe(await guestUserId("0123456789abcdef"));
});

test("two secrets are two guests, and none is in its guest's id", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ minLength: 16, maxLength: 128 }), { minLength: 2 }),
      async (secrets) => {
        const ids = await Promise.all(secrets.map(guestUserId));
        expect(new Set(ids).size).toBe(secrets.length);
        for (const [index, id] of ids.entries()) expect(id).not.toContain(secrets[index]);
      },
    ),
  );
});
