import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admit } from "#domain/chat/admission.ts";
import type { Ban } from "#domain/chat/ports.ts";
import { capabilitiesOf, type Role, roleIn } from "#domain/chat/role.ts";

const everything = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"];

describe("a role in a room", () => {
  test.each([
    ["owner", "alice", []],
    ["owner", "alice", ["moderators", "admins"]],
    ["admin", "bob", ["moderators", "admins"]],
    ["admin", "bob", ["admins"]],
    ["moderator", "bob", ["friends", "moderators"]],
    ["viewer", "bob", []],
    ["viewer", "bob", ["friends", "admin", "Moderators"]],
  ])("is %s for %s of groups %j in the room of alice", (role, sub, groups) => {
    expect(roleIn("alice", { sub, groups })).toBe(role);
  });

  test.each<[Role, string[]]>([
    ["owner", everything],
    ["admin", everything],
    ["moderator", everything],
    ["viewer", ["SEND_MESSAGE"]],
    ["guest", []],
  ])("%s may do %j", (role, capabilities) => {
    expect(capabilitiesOf(role)).toEqual(capabilities);
  });
});

const roles = fc.constantFrom<Role>("owner", "admin", "moderator", "viewer", "guest");
const bans = fc.record<Ban>(
  { userId: fc.constant("u"), by: fc.constant("m"), reason: fc.string(), at: fc.nat(), until: fc.nat() },
  { requiredKeys: ["userId", "by", "reason", "at"] },
);
const entering = fc.record({
  role: roles,
  access: fc.constantFrom<"public" | "private">("public", "private"),
  ban: fc.option(bans, { nil: undefined }),
});

describe("whoever asks for a token", () => {
  const staff: readonly Role[] = ["owner", "admin", "moderator"];

  test("is refused while banned, unless they moderate the room", () => {
    fc.assert(
      fc.property(entering, ({ role, access, ban }) => {
        const admission = admit({ role, access, ban });
        if (staff.includes(role)) expect(admission).toEqual({ admitted: true, capabilities: everything });
        else if (ban) {
          const until = ban.until === undefined ? {} : { until: ban.until };
          expect(admission).toEqual({ admitted: false, because: "banned", ...until });
        } else if (access === "private") expect(admission).toEqual({ admitted: false, because: "private" });
        else expect(admission).toEqual({ admitted: true, capabilities: capabilitiesOf(role) });
      }),
    );
  });
});
