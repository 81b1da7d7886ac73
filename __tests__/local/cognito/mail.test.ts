import { describe, expect, it } from "vitest";
import { type Mail, mailLine, mailOf } from "#local/cognito/mail.ts";

const MAIL: Mail = {
  to: ["viewer-1@example.com"],
  subject: "Your verification code",
  text: "Your verification code is 012345.",
  html: "",
  time: "2026-11-21T10:00:00.000Z",
};

describe("a mail in a line", () => {
  it.each<[string, Partial<Mail>, string]>([
    ["tells the code", {}, "Mail to viewer-1@example.com: Your verification code (code 012345)"],
    [
      "tells everyone it was sent to",
      { to: ["viewer-1@example.com", "viewer-2@example.com"], text: "Hello" },
      "Mail to viewer-1@example.com, viewer-2@example.com: Your verification code",
    ],
    [
      "finds the code in HTML and takes no colour for one",
      { text: "", html: '<b style="color:#123456">654321</b>' },
      "Mail to viewer-1@example.com: Your verification code (code 654321)",
    ],
    [
      "takes no longer number for a code",
      { text: "Order 1234567" },
      "Mail to viewer-1@example.com: Your verification code",
    ],
    [
      "leaves out what a terminal would obey",
      { subject: "Hello\u001b[2J\r\nthere", text: "" },
      "Mail to viewer-1@example.com: Hello [2J there",
    ],
  ])("%s", (_, changed, line) => {
    expect(mailLine({ ...MAIL, ...changed })).toBe(line);
  });
});

it("mail is asked for by address, and shown with its code where it has one", async () => {
  const asked: unknown[] = [];
  const launcher = {
    call: async <Answer>(...question: unknown[]) => {
      asked.push(question);
      return [MAIL, { ...MAIL, text: "Welcome" }] as Answer;
    },
  };
  expect(await mailOf(launcher, "viewer-1@example.com")).toEqual([
    { ...MAIL, code: "012345" },
    { ...MAIL, text: "Welcome" },
  ]);
  expect(asked).toEqual([["mail", { to: "viewer-1@example.com" }]]);
  await mailOf(launcher, new URLSearchParams("to=viewer-1+test@example.com").get("to") ?? undefined);
  expect(asked.at(-1)).toEqual(["mail", { to: "viewer-1+test@example.com" }]);
});
