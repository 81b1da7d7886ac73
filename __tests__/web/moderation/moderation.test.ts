import { describe, expect, test } from "vitest";
import type { AuditEntry } from "#web/api/moderation.ts";
import { auditText } from "#web/moderation/audit-text.ts";
import { namesIn } from "#web/moderation/names.ts";

const ann = "11111111-2222-4333-8444-555555555555";
const bob = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const line = (id: string, userId: string, name: string) => ({
  ...{ id, userId, name, text: id, at: new Date(0), raisesHand: false, continued: false },
  ...{ avatarUrl: undefined, role: undefined, sticker: undefined },
});

describe("names", () => {
  const nameOf = namesIn([line("1", bob, "Bob"), line("2", bob, "Bobby")], ann);

  test("are those that the API knows, or else those by which somebody was last heard", () => {
    expect(nameOf(bob, "Robert")).toBe("Robert");
    expect(nameOf(bob)).toBe("Bobby");
  });

  test("are You for who looks", () => {
    expect(nameOf(ann, "Ann")).toBe("You");
  });

  test("are the first part of the id of who was not heard", () => {
    expect(nameOf("0badcafe-7777-4888-8999-aaaaaaaaaaaa")).toBe("User 0badcafe");
  });
});

describe("what was done", () => {
  const entry: AuditEntry = { id: "1", at: "2026-01-02T03:04:05Z", action: "ban", by: ann, reason: "" };
  const nameOf = namesIn([line("1", bob, "Bob")], ann);

  test.each<[Partial<AuditEntry>, string]>([
    [{ action: "ban", userId: bob }, "banned Bob"],
    [{ action: "timeout", userId: bob, detail: "1" }, "sent Bob out for 1 minute"],
    [{ action: "timeout", userId: bob, detail: "60" }, "sent Bob out for 1 hour"],
    [{ action: "timeout", userId: bob, detail: "1440" }, "sent Bob out for 24 hours"],
    [{ action: "unban", userId: bob }, "let Bob in again"],
    [{ action: "delete-message", userId: bob, detail: "aB3dE5fG7hJ9" }, "deleted a message of Bob"],
    [{ action: "delete-message", detail: "aB3dE5fG7hJ9" }, "deleted a message"],
    [{ action: "slow-mode", detail: "30" }, "set slow mode to 30 s"],
    [{ action: "slow-mode", detail: "0" }, "ended slow mode"],
    [{ action: "ban", userId: "0badcafe-2222-4333-8444-555555555555", nickname: "Carl" }, "banned Carl"],
    [{ action: "revoke", userId: bob }, "ended what Bob watched"],
    [{ action: "something-new" }, "something-new"],
  ])("%j reads: %s", (more, text) => {
    expect(auditText({ ...entry, ...more }, nameOf)).toBe(text);
  });
});
