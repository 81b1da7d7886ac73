import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { createModerationAudit } from "#aws/table/moderation-audit.ts";
import { openTable } from "#aws/table/table.ts";
import { createWebhooks } from "#aws/table/webhooks.ts";
import { png } from "../domain/pictures/files.ts";
import { mailedCode, PASSWORD, type Person, ready, signUpAs } from "../end-to-end/fixture/people.ts";
import { clientOptions } from "../support/deployed.ts";
import { withHouse } from "./fixture/with-house.ts";

/** A page draws when its server has answered, which a busy machine puts off. */
const patience = { timeout: 20_000 };
const newPassword = `${PASSWORD}-new`;

/** A JPEG of 96 pixels, as a browser writes one. */
async function drawnJpeg(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 96;
    const drawing = canvas.getContext("2d");
    if (drawing) drawing.fillStyle = "rebeccapurple";
    drawing?.fillRect(0, 0, 96, 96);
    return canvas.toDataURL("image/jpeg");
  });
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

withHouse("one's own channel", (setting) => {
  let ann: Person;
  let bob: Person;
  /** Ann's channel, and Bob's. */
  let room = "";
  let bobs = "";
  const table = () => {
    const { cloud, platform } = setting.house;
    return openTable(new DynamoDBClient(clientOptions(cloud)), String(platform.outputs.table_name));
  };
  const card = (page: Page, name: string) => page.getByRole("region", { name });
  const messages = (page: Page) => page.getByRole("list", { name: "Messages" });
  const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
  const isWriting = async (page: Page) => {
    await page.locator('.chat-state[data-open="true"]').waitFor({ state: "attached" });
    await field(page).waitFor();
  };
  const enter = async (person: Person, path: string, password = PASSWORD) => {
    const visit = await setting.visit(path);
    await visit.signIn(person.email, password);
    return visit;
  };

  beforeAll(async () => {
    const { platform } = setting.house;
    ann = await signUpAs(platform, "Ann");
    bob = await signUpAs(platform, "Bob");
    ({ name: room } = await ready(ann));
    ({ name: bobs } = await ready(bob));
  });

  test("has a picture: looked at, sent, and seen in the list of channels", async () => {
    const { page } = await enter(ann, "/me");
    const seen = card(page, "What others see");
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      seen.getByLabel("Choose a picture").setInputFiles({ name, mimeType, buffer });
    await choose("small.png", "image/png", png(32, 32));
    await seen.getByRole("button", { name: "Use it" }).click();
    await seen.getByRole("alert").getByText("The picture").waitFor();
    await choose("drawn.jpg", "image/jpeg", await drawnJpeg(page));
    await seen.getByRole("button", { name: "Use it" }).click();
    await seen.getByRole("button", { name: "Remove" }).waitFor();
    const width = (image: HTMLImageElement) => image.naturalWidth;
    await expect.poll(() => seen.locator("img.avatar").evaluate(width), patience).toBe(96);
    await choose("grey.png", "image/png", png(80, 80));
    await seen.getByRole("button", { name: "Use it" }).click();
    await seen.getByRole("button", { name: "Use it" }).waitFor({ state: "detached" });

    const guest = await setting.visit(`/${room}`);
    const picture = guest.page.getByRole("link", { name: /^Ann/ }).locator("img.avatar");
    await expect.poll(() => picture.evaluate(width), patience).toBe(80);
    await seen.getByRole("button", { name: "Remove" }).click();
    await seen.locator("img").waitFor({ state: "detached" });
  });

  test("announces the next stream, which others see and put into their calendar", async () => {
    const { page } = await enter(ann, "/me");
    const next = card(page, "Next stream");
    await next.getByRole("button", { name: "Announce it" }).click();
    await next.getByText("Choose a day and a time.").waitFor();
    const startsAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000);
    const local = await page.evaluate((at) => {
      const moment = new Date(at);
      return new Date(at - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    }, startsAt.getTime());
    await next.getByLabel("Begins").fill(local);
    await next.getByLabel("What it is about").fill("Clouds, part 2");
    await next.getByRole("button", { name: "Announce it" }).click();
    await next.getByText(/^Announced: Clouds, part 2, /).waitFor();

    const guest = await setting.visit(`/${room}`);
    await guest.page.getByText(/Next: Clouds, part 2, /).waitFor();
    const downloading = guest.page.waitForEvent("download");
    await guest.page.getByRole("link", { name: "Add to calendar" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`${room}.ics`);
    const calendar = await new Response((await download.createReadStream()) as unknown as BodyInit).text();
    expect(calendar).toContain("SUMMARY:Ann: Clouds\\, part 2");
    expect(calendar).toContain(`DTSTART:${startsAt.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`);

    await next.getByRole("button", { name: "Remove" }).click();
    await next.getByText("Nothing is announced.").waitFor();
    await guest.page.reload();
    await guest.page.getByText("Ann is off air").waitFor();
    expect(await guest.page.getByRole("link", { name: "Add to calendar" }).count()).toBe(0);
  });

  test("has a webhook: its secret is shown once, what could not be told is listed, and it goes", async () => {
    const { page } = await enter(ann, "/me");
    const hook = card(page, "Webhook");
    const open = () => hook.getByRole("button", { name: "Set it up" }).click();
    await open();
    await hook.getByLabel("URL").fill("https://127.0.0.1/told");
    await hook.getByRole("button", { name: "Tell it" }).click();
    await hook.getByText("It must lead to a public host.").waitFor();
    await hook.getByLabel("URL").fill("https://receiver.example.com/told");
    await hook.getByRole("button", { name: "Tell it" }).click();
    await expect
      .poll(() => hook.getByLabel("Secret", { exact: true }).inputValue(), patience)
      .toMatch(/^whsec_[\w-]{43}$/);
    await hook.getByRole("button", { name: "Copy the secret" }).waitFor();

    const webhooks = createWebhooks(table());
    const failure = { id: "aB3dE5fG7hJ9", at: Date.now(), kind: "live", why: "the server answered 500" } as const;
    await webhooks.addFailure(ann.sub, failure);
    await page.reload();
    await open();
    await hook.getByText("https://receiver.example.com/told").waitFor();
    expect(await hook.getByLabel("Secret", { exact: true }).count()).toBe(0);
    const failures = hook.getByRole("list", { name: "What could not be told" }).getByRole("listitem");
    await expect
      .poll(() => failures.allTextContents(), patience)
      .toEqual([expect.stringMatching(/on air.*answered 500$/)]);
    await hook.getByRole("button", { name: "Remove" }).click();
    await hook.getByRole("button", { name: "Tell it" }).waitFor();
    expect(await webhooks.read(ann.sub)).toBeUndefined();
  });

  test("has its chat kept in order: who is out, until when and why, the way in again, and what was done", async () => {
    const long = Array.from({ length: 30 }, (_, days) => Date.now() - (days + 1) * 86_400_000);
    const slower = { action: "slow-mode", by: ann.sub, reason: "", detail: "30" } as const;
    const { add } = createModerationAudit(table());
    await Promise.all(long.map((at, index) => add(ann.sub, { id: `aB3dE5fG7h${index + 10}`, at, ...slower })));
    const { page: owner } = await enter(ann, `/${room}`);
    const { page, say } = await enter(bob, `/${room}`);
    await isWriting(page);
    expect(await page.getByRole("button", { name: "Moderation" }).count()).toBe(0);
    await say("Buy now");
    await messages(owner).getByText("Buy now").hover();
    await owner.locator("summary[aria-label='Moderate Bob']").click();
    await owner.getByLabel("Reason").fill("It is no market");
    await owner.getByRole("button", { name: "Time out: 10 minutes" }).click();
    await page.getByRole("button", { name: "Join again" }).waitFor();

    await owner.getByRole("button", { name: "Moderation" }).click();
    const dialog = owner.getByRole("dialog");
    const kept = dialog.getByRole("list", { name: "Kept out" }).getByRole("listitem");
    await expect
      .poll(() => kept.allTextContents(), patience)
      .toEqual([expect.stringMatching(/^Bobuntil .+Let inIt is no market$/)]);
    await dialog.getByRole("button", { name: "Let Bob in" }).click();
    await dialog.getByText("Nobody is kept out.").waitFor();
    await dialog.getByRole("button", { name: "What was done" }).click();
    const done = dialog.getByRole("list", { name: "What was done" }).locator(".row-what");
    const acts = ["You let Bob in again", "You sent Bob out for 10 minutes"];
    await expect.poll(() => done.count(), patience).toBe(24);
    expect((await done.allTextContents()).slice(0, 2)).toEqual(acts);
    await dialog.getByText("It is no market").waitFor();
    await dialog.getByRole("button", { name: "Show more" }).click();
    await expect.poll(() => done.count(), patience).toBe(32);
    expect(await dialog.getByRole("button", { name: "Show more" }).count()).toBe(0);
    await owner.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Join again" }).click();
    await isWriting(page);
    await say("Sorry");
    await messages(owner).getByText("Sorry").waitFor();
  });

  test("is open in two tabs: both chat, and who signs out in one is out in the other", async () => {
    const { page, say } = await enter(ann, `/${room}`);
    await isWriting(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await isWriting(other);
    await say("from one tab");
    await messages(other).getByText("from one tab").waitFor();
    await field(other).fill("from the other");
    await other.keyboard.press("Enter");
    await messages(page).getByText("from the other").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    for (const tab of [page, other]) await tab.getByRole("button", { name: "Sign in to chat" }).waitFor();
    expect(await other.getByRole("button", { name: "Sign out" }).count()).toBe(0);
  });

  test("is its owner's again who forgot the password and has the code from the mail", async () => {
    const { page } = await setting.visit("/me");
    await page.getByRole("main").getByRole("button", { name: "Sign in / Sign up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Forgot the password?" }).click();
    await dialog.getByLabel("E-mail").fill(bob.email);
    await dialog.getByRole("button", { name: "Send a code" }).click();
    await dialog.getByText("a mail with a code is on its way").waitFor();
    await dialog.getByLabel("Code").fill(await mailedCode(setting.house.platform, bob.email));
    await dialog.getByLabel("New password").fill(newPassword);
    await dialog.getByRole("button", { name: "Set the password" }).click();
    await page.getByRole("heading", { name: "My channel" }).waitFor();
  });

  test("goes with its account, once its owner has written its name", async () => {
    const { platform } = setting.house;
    const { page } = await enter(bob, "/me", newPassword);
    const end = card(page, "Delete the account");
    await end.getByRole("button", { name: "Delete my account" }).click();
    await end.getByLabel(`Write ${bobs} to confirm`).fill("bob");
    await end.getByRole("button", { name: "Delete everything" }).click();
    await end.getByText(`It must be ${bobs}.`).waitFor();
    await end.getByLabel(`Write ${bobs} to confirm`).fill(bobs);
    await end.getByRole("button", { name: "Delete everything" }).click();
    await page.getByRole("heading", { name: "Your account is being deleted" }).waitFor();
    await page.getByRole("banner").getByRole("button", { name: "Sign in / Sign up" }).waitFor();

    const state = async () => (await bob.call({ path: "/stream/me" })).body.code;
    await expect.poll(state, { timeout: 60_000, interval: 500 }).toBe("ACCOUNT_DELETED");
    const { body } = await platform.call({ path: "/public/channels?limit=100" });
    expect(body.channels.map(({ name }: { name: string }) => name)).not.toContain(bobs);
    await page.goto(`${setting.house.url}/${bobs}`);
    await page.getByText(`There is no channel ${bobs}`).waitFor();
    await page.getByRole("button", { name: "Sign in / Sign up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(bob.email);
    await dialog.getByLabel("Password").fill(newPassword);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await dialog.getByText("The address or the password is not right.").waitFor();
  });
});
