import { DeleteMessageCommand, DisconnectUserCommand } from "@aws-sdk/client-ivschat";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { crowd } from "./fixture/crowd.ts";
import { withHouse } from "./fixture/with-house.ts";

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

/** A handler that does not exist: each message falls back to a refusal. */
const refusingReview = {
  uri: "arn:aws:lambda:us-west-2:000000000000:function:nobody",
  fallbackResult: "DENY",
} as const;

const channels = {
  "main-stage": {},
  backstage: { channel: { authorized: true } },
  strict: { room: { messageReviewHandler: refusingReview } },
  quiet: {},
};

withHouse("the page", channels, (setting) => {
  const roomOf = (name: string) => String(setting.house.channels.get(name)?.roomArn);
  const messages = (page: Page) => page.getByRole("list", { name: "Messages" });
  const connected = async (page: Page) => {
    await page.locator('.chat-state[data-open="true"]').waitFor({ state: "attached" });
    return String(await page.locator(".chat-state").textContent());
  };

  test("shows at its own address the channel that is live, and who watches", async () => {
    setting.house.channels.get("main-stage")?.startEncoder();
    const { page, player } = await setting.visit("/");
    await player("playing");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("main-stage");
    const link = page.getByRole("link", { name: /^main-stage/ });
    expect(await link.getAttribute("aria-current")).toBe("page");
    await expect.poll(() => link.textContent(), { timeout: 20_000 }).toBe("main-stageLive · 1 viewer");
    expect(await page.title()).toBe("● main-stage · Onair");
    expect(await page.locator(".behind").textContent()).toMatch(/^\d+\.\d s behind$/);
  });

  test("starts muted, and has sound after a tap", async () => {
    const { page, player } = await setting.visit("/main-stage");
    await player("playing");
    const isMuted = () => page.locator("video").evaluate((video: HTMLVideoElement) => video.muted);
    expect(await isMuted()).toBe(true);
    await page.getByRole("button", { name: "Tap for sound" }).click();
    expect(await isMuted()).toBe(false);
    expect(await page.getByRole("button", { name: "Tap for sound" }).count()).toBe(0);
  });

  test("plays by the official player where its visitor chose it, also after a reload", async () => {
    const { page, player } = await setting.visit("/main-stage");
    await player("playing");
    await page.getByLabel("Player").selectOption("Amazon IVS player");
    await page.locator('.player[data-engine="amazon-ivs-player"]').waitFor();
    await player("playing");
    await page.reload();
    await player("playing");
    expect(await page.locator(".player").getAttribute("data-engine")).toBe("amazon-ivs-player");
  });

  test("keeps the channel in its address", async () => {
    const { page, player } = await setting.visit("/quiet");
    await player("off");
    expect(await page.locator(".notice").textContent()).toContain("quiet is off air");
    await page.getByRole("link", { name: /^main-stage/ }).click();
    await player("playing");
    expect(new URL(page.url()).pathname).toBe("/main-stage");
    await page.goBack();
    await page.getByText("quiet is off air").waitFor();
  });

  test("says that a channel is private, and that there is none of a name", async () => {
    const { page } = await setting.visit("/backstage");
    await page.getByText("This channel is private").waitFor();
    expect(await page.getByText("The chat of a private channel is for those who may watch it.").count()).toBe(1);
    await page.goto(`${setting.house.url}/nowhere`);
    await page.getByText("There is no channel nowhere").waitFor();
  });

  test("shows what its guest and others say, as text and never as HTML", async () => {
    const [one, other] = [await setting.visit("/quiet"), await setting.visit("/quiet")];
    const [name, otherName] = [await connected(one.page), await connected(other.page)];
    expect([name, otherName]).toEqual([expect.stringMatching(/^guest-\w+$/), expect.stringMatching(/^guest-\w+$/)]);
    expect(name).not.toBe(otherName);
    await one.say(`<img src="x" onerror="document.title='gone'">`);
    for (const { page } of [one, other]) await messages(page).getByText("<img src=").waitFor();
    await other.say("Hello back");
    await messages(one.page).getByText("Hello back").waitFor();
    const lines = await messages(one.page).getByRole("listitem").allInnerTexts();
    expect(lines).toEqual([`${name} (you) <img src="x" onerror="document.title='gone'">`, `${otherName} Hello back`]);
    expect(await messages(one.page).locator("img").count()).toBe(0);
    expect(await one.page.getByRole("textbox", { name: "Message" }).inputValue()).toBe("");
  });

  test("knows its guest again after a reload", async () => {
    const { page } = await setting.visit("/quiet");
    const name = await connected(page);
    await page.reload();
    expect(await connected(page)).toBe(name);
  });

  test("says why a message was refused, and keeps its text", async () => {
    const { page, say } = await setting.visit("/strict");
    await connected(page);
    const field = page.getByRole("textbox", { name: "Message" });
    await say("Is anybody there?");
    await page.getByRole("alert").getByText("The message was denied by the message review handler").waitFor();
    expect(await field.inputValue()).toBe("Is anybody there?");
    await say("x".repeat(501));
    await page.getByRole("alert").getByText("This message is too long.").waitFor();
    expect((await field.inputValue()).length).toBe(501);
    expect(await page.getByText("501 of 500").count()).toBe(1);
  });

  test("does not send while a character is composed, and begins a new line by Shift+Enter", async () => {
    const { page } = await setting.visit("/quiet");
    await connected(page);
    const field = page.getByRole("textbox", { name: "Message" });
    await field.fill("すし");
    await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await field.press("Shift+Enter");
    expect(await field.inputValue()).toBe("すし\n");
    expect(await messages(page).getByText("すし").count()).toBe(0);
  });

  test("takes away what a moderator deletes, and tells a guest who is disconnected", async () => {
    const { house, visit } = setting;
    const { page, say } = await visit("/quiet");
    const name = await connected(page);
    await using others = await crowd(house, "quiet");
    await say("to be deleted");
    const { Id } = await others.message("to be deleted");
    await messages(page).getByText("to be deleted").waitFor();
    await house.chat.send(new DeleteMessageCommand({ roomIdentifier: roomOf("quiet"), id: Id }));
    await messages(page).getByText("to be deleted").waitFor({ state: "detached" });

    await house.chat.send(new DisconnectUserCommand({ roomIdentifier: roomOf("quiet"), userId: name }));
    await page.getByText("You were disconnected from this chat.").waitFor();
    await page.getByRole("button", { name: "Join again" }).click();
    expect(await connected(page)).toBe(name);
  });

  test("comes back to the chat with a fresh token when the connection breaks", async () => {
    const { page, say } = await setting.visit("/quiet");
    const tokens: string[] = [];
    let broken = () => {};
    await page.routeWebSocket(/\/chat$/, (socket) => {
      tokens.push(socket.protocols().join());
      socket.connectToServer();
      broken = () => void socket.close({ code: 1011 });
    });
    await page.reload();
    const name = await connected(page);
    const before = tokens.length;
    broken();
    await page.locator('.chat-state[data-open="false"]').waitFor();
    expect(await connected(page)).toBe(name);
    await say("back again");
    await messages(page).getByText("back again").waitFor();
    expect(tokens.length).toBeGreaterThan(before);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test("stays where its reader scrolled to, counts what is new, and goes back to it", async () => {
    const { house, visit } = setting;
    const { page, say } = await visit("/quiet", phone);
    await connected(page);
    await using others = await crowd(house, "quiet");
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

  test("fits 360 pixels: nothing scrolls sideways, and video, chat and composer are all seen", async () => {
    const { page, player } = await setting.visit("/main-stage", phone);
    await player("playing");
    const size = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth, scrollHeight];
    });
    expect(size).toEqual([360, 640]);
    for (const part of [page.locator("video"), messages(page), page.getByRole("textbox", { name: "Message" })]) {
      const box = await part.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 640 && box.height > 30).toBe(true);
    }
  });

  test("is used by keyboard alone", async () => {
    const { page, player } = await setting.visit("/main-stage");
    await player("playing");
    const reached = new Set<string>();
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => {
          const { ariaLabel, textContent } = document.activeElement as HTMLElement;
          return ariaLabel ?? textContent ?? "";
        }),
      );
    }
    for (const name of ["Onair", "Tap for sound", "Pause", "Sound on", "Live", "Full screen", "Messages", "Message"]) {
      expect([...reached]).toContain(name);
    }
    await page.getByRole("button", { name: "Full screen" }).focus();
    await page.keyboard.press("m");
    expect(await page.locator("video").evaluate((video: HTMLVideoElement) => video.muted)).toBe(false);
    await page.keyboard.press("k");
    expect(await page.locator("video").evaluate((video: HTMLVideoElement) => video.paused)).toBe(true);
    await page.keyboard.press("k");
    await player("playing");
  });
});
