import { DisconnectUserCommand } from "@aws-sdk/client-ivschat";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type Person, ready, signUpAs } from "../end-to-end/fixture/people.ts";
import { crowd } from "./fixture/crowd.ts";
import { withHouse } from "./fixture/with-house.ts";

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

withHouse("the chat", (setting) => {
  let ann: Person;
  let bob: Person;
  /** Ann's channel. */
  let room = "";
  const messages = (page: Page) => page.getByRole("list", { name: "Messages" });
  const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
  const isOpen = (page: Page) => page.locator('.chat-state[data-open="true"]').waitFor({ state: "attached" });
  /** Somebody on the page of a channel, signed in and in its chat. */
  const enter = async (person: Person, path: string, options = {}) => {
    const visit = await setting.visit(path, options);
    await visit.signIn(person.email);
    await isOpen(visit.page);
    await field(visit.page).waitFor();
    return visit;
  };

  beforeAll(async () => {
    const { platform } = setting.house;
    ann = await signUpAs(platform, "Ann");
    bob = await signUpAs(platform, "Bob");
    ({ name: room } = await ready(ann));
    await ready(bob);
  });

  test("is read by a guest, who is shown the way in where others write", async () => {
    const { page } = await setting.visit("/demo");
    await isOpen(page);
    expect(await page.locator(".chat-state").textContent()).toMatch(/^guest-[0-9a-z]{8}$/);
    expect(await field(page).count()).toBe(0);
    await page.getByRole("button", { name: "Sign in to chat" }).waitFor();
  });

  test("shows what is said with its sender's name, as text and never as HTML, to guests too", async () => {
    const one = await enter(ann, "/demo");
    const other = await enter(bob, "/demo");
    const guest = await setting.visit("/demo");
    await isOpen(guest.page);
    await one.say(`<img src="x" onerror="document.title='gone'"> https://example.com/a.`);
    for (const { page } of [one, other, guest]) await messages(page).getByText("<img src=").waitFor();
    await other.say("Hello back");
    await messages(guest.page).getByText("Hello back").waitFor();
    const lines = await messages(guest.page).getByRole("listitem").allInnerTexts();
    expect(lines).toEqual([
      `Ann <img src="x" onerror="document.title='gone'"> https://example.com/a.`,
      "Bob Hello back",
    ]);
    expect(await messages(guest.page).locator("img").count()).toBe(0);
    const link = messages(guest.page).getByRole("link");
    expect(await link.getAttribute("href")).toBe("https://example.com/a");
    expect(await link.getAttribute("rel")).toContain("noopener");
    expect(await field(one.page).inputValue()).toBe("");
  });

  test("has stickers and raised hands", async () => {
    const { page } = await enter(ann, "/demo");
    await page.locator("summary[aria-label=Stickers]").click();
    await page.getByRole("button", { name: "fire" }).click();
    await messages(page).locator(".message-sticker").waitFor();
    await page.locator("summary[aria-label=Stickers]").click();
    await page.getByRole("button", { name: "Raise hand" }).click();
    await messages(page).getByText("raised a hand").waitFor();
  });

  test("says why a message was refused, and keeps its text", async () => {
    const { page, say } = await enter(ann, "/demo");
    await say("x".repeat(501));
    await page.getByRole("alert").getByText("This message is too long.").waitFor();
    expect((await field(page).inputValue()).length).toBe(501);
    expect(await page.getByText("501 of 500").count()).toBe(1);
  });

  test("sends one message for one Enter, none while a character is composed, and begins a line by Shift+Enter", async () => {
    const { page } = await enter(ann, "/demo");
    await field(page).fill("once");
    for (const type of ["keydown", "keydown"]) await field(page).dispatchEvent(type, { key: "Enter", bubbles: true });
    await messages(page).getByText("once").waitFor();
    await field(page).fill("すし");
    await field(page).dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await field(page).press("Shift+Enter");
    expect(await field(page).inputValue()).toBe("すし\n");
    expect(await messages(page).getByText("すし").count()).toBe(0);
    expect(await messages(page).getByText("once").count()).toBe(1);
  });

  test("is kept in order by its channel's owner: a message goes, slow mode counts down, a timeout puts out", async () => {
    const owner = await enter(ann, `/${room}`);
    const { page, say } = await enter(bob, `/${room}`);
    expect(await page.getByLabel("Slow mode").count()).toBe(0);
    await say("to be deleted");
    await messages(owner.page).getByText("to be deleted").waitFor();
    await messages(owner.page).getByText("to be deleted").hover();
    await owner.page.locator("summary[aria-label='Moderate Bob']").click();
    await owner.page.getByRole("button", { name: "Delete the message" }).click();
    await messages(page).getByText("to be deleted").waitFor({ state: "detached" });

    await owner.page.getByLabel("Slow mode").selectOption("30 s");
    await expect.poll(() => owner.page.getByLabel("Slow mode").inputValue()).toBe("30");
    await page.waitForTimeout(5500);
    await say("first");
    await page.getByText(/^Slow mode: you can write again in \d+ s\.$/).waitFor();
    await field(page).fill("second");
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    expect(await field(page).inputValue()).toBe("second");

    await messages(owner.page).getByText("first").hover();
    await owner.page.locator("summary[aria-label='Moderate Bob']").click();
    await owner.page.getByRole("button", { name: "Time out: 10 minutes" }).click();
    await page.getByText("A moderator has sent you out of this chat for a while.").waitFor();
    await page.getByRole("button", { name: "Join again" }).click();
    await page.getByText(/^You are kept out of this chat until .+\. Join again$/).waitFor();
  });

  test("tells who is disconnected, and lets them join again", async () => {
    const { house } = setting;
    const { page } = await enter(ann, "/demo");
    const roomIdentifier = String(house.channels.get("demo")?.roomArn);
    await house.chat.send(new DisconnectUserCommand({ roomIdentifier, userId: ann.sub }));
    await page.getByText("You were disconnected from this chat.").waitFor();
    await page.getByRole("button", { name: "Join again" }).click();
    await isOpen(page);
  });

  test("comes back with a fresh token when the connection breaks", async () => {
    const { page, signIn, say } = await setting.visit("/demo");
    await signIn(ann.email);
    const tokens: string[] = [];
    let broken = () => {};
    await page.routeWebSocket(/\/chat$/, (socket) => {
      tokens.push(socket.protocols().join());
      socket.connectToServer();
      broken = () => void socket.close({ code: 1011 });
    });
    await page.reload();
    await isOpen(page);
    await field(page).waitFor();
    const before = tokens.length;
    broken();
    await page.locator('.chat-state[data-open="false"]').waitFor();
    await isOpen(page);
    await say("back again");
    await messages(page).getByText("back again").waitFor();
    expect(tokens.length).toBeGreaterThan(before);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test("stays where its reader scrolled to, counts what is new, and goes back to it", async () => {
    const { house } = setting;
    const { page, say } = await enter(ann, "/demo", phone);
    await using others = await crowd(house, "demo");
    await others.say(30, "before");
    await messages(page).getByText("before 29").waitFor();
    const distance = () => messages(page).evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
    await expect.poll(distance).toBeLessThanOrEqual(1);

    await messages(page).evaluate((list) => list.scrollTo({ top: 100 }));
    await page.getByRole("button", { name: "To the newest" }).waitFor();
    const top = () => messages(page).evaluate((list) => list.scrollTop);
    const before = await top();
    await others.say(12, "after");
    await page.getByRole("button", { name: "12 new" }).waitFor();
    expect(await top()).toBe(before);
    await page.getByRole("button", { name: "12 new" }).click();
    await expect.poll(distance).toBeLessThanOrEqual(1);

    await messages(page).evaluate((list) => list.scrollTo({ top: 100 }));
    await page.getByRole("button", { name: "To the newest" }).waitFor();
    await say("a word of my own");
    await expect.poll(distance).toBeLessThanOrEqual(1);
  });
});
