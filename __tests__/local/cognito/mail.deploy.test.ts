import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OwnCloud, startOwnCloud } from "../fixture/own-cloud.ts";
import { call, send } from "../fixture/signature.ts";
import { createPool, type Pool } from "./fixture.ts";

describe("mail", () => {
  let own: OwnCloud;
  let pool: Pool;
  beforeAll(async () => {
    own = await startOwnCloud();
    pool = await createPool(own, "accounts");
  });
  afterAll(() => own?.[Symbol.asyncDispose]());

  const get = (headers: Record<string, string> = {}) =>
    send({ endpoint: own.cloud.endpoint, method: "GET", path: "/_onair/mail", headers });

  const sendByEmailService = async (parameters: Record<string, string>) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(parameters).toString();
    return call({ endpoint: own.cloud.endpoint, service: "ses", headers, body }, own.root);
  };

  it("with a code is listed, and told in a line", async () => {
    const code = await pool.signUp("viewer-1@example.com");
    expect(await pool.mail("viewer-1@example.com")).toEqual([
      {
        to: ["viewer-1@example.com"],
        subject: "Your verification code",
        text: `Your verification code is ${code}.`,
        html: "",
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        code,
      },
    ]);
    expect(own.lines).toContain(`Mail to viewer-1@example.com: Your verification code (code ${code})`);
  });

  it("of everyone is listed newest first, whichever service sent it", async () => {
    for (const EmailAddress of ["onair@example.com", "viewer-2@example.com"]) {
      await sendByEmailService({ Action: "VerifyEmailIdentity", EmailAddress });
    }
    const sent = await sendByEmailService({
      Action: "SendEmail",
      Source: "onair@example.com",
      "Destination.ToAddresses.member.1": "viewer-2@example.com",
      "Message.Subject.Data": "Welcome",
      "Message.Body.Html.Data": "<p>Hello</p>",
    });
    expect(sent.text).toContain("MessageId");
    const mails = JSON.parse((await get()).text);
    expect(mails[0]).toMatchObject({ to: ["viewer-2@example.com"], subject: "Welcome", html: "<p>Hello</p>" });
    expect(mails.map(({ time }: { time: string }) => time)).toEqual(
      mails
        .map(({ time }: { time: string }) => time)
        .toSorted()
        .reverse(),
    );
    expect(own.lines).toContain("Mail to viewer-2@example.com: Welcome");
    expect(await pool.mail("VIEWER-2@example.com")).toHaveLength(1);
    expect(await pool.mail("nobody@example.com")).toEqual([]);
  });

  it("is refused to web pages of others", async () => {
    expect(await get({ origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await get({ host: "evil.example" })).toMatchObject({ status: 403 });
  });
});
