import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { senderAttributes } from "#domain/chat/attributes.ts";
import { bytesOf } from "#local/service-model/rules.ts";

const anyText = fc.oneof(
  fc.string({ maxLength: 2000 }),
  fc.string({ unit: "binary", maxLength: 2000 }),
  fc.string({ unit: "grapheme", maxLength: 2000 }),
);

describe("a sender's attributes", () => {
  test("are what the page shows: name, picture and role", () => {
    const attributes = { username: "Ana 🎈", avatar: "k3Jd", role: "viewer" } as const;
    expect(senderAttributes(attributes)).toEqual(attributes);
    expect(senderAttributes({ username: "Ana", role: "owner" })).toEqual({ username: "Ana", role: "owner" });
  });

  test("keep within 1 KB as the service counts, whatever the nickname and the picture's name", () => {
    fc.assert(
      fc.property(anyText, fc.option(anyText, { nil: undefined }), (username, avatar) => {
        const attributes = senderAttributes({ username, role: "moderator", ...(avatar !== undefined && { avatar }) });
        expect(bytesOf({ ...attributes })).toBeLessThanOrEqual(1024);
        expect(attributes.role).toBe("moderator");
        expect(username.startsWith(attributes.username)).toBe(true);
      }),
    );
  });

  test("shorten a name between two characters, and fill the kilobyte", () => {
    const { username } = senderAttributes({ username: "🎈".repeat(400), role: "viewer" });
    expect(username).toBe("🎈".repeat(251));
  });

  test("leave out a picture whose name is far too long, before the name", () => {
    expect(senderAttributes({ username: "Ana", avatar: "x".repeat(900), role: "viewer" })).toEqual({
      username: "Ana",
      role: "viewer",
    });
  });
});
