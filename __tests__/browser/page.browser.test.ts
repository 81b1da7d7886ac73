import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { withHouse } from "./fixture/with-house.ts";

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

withHouse("the page", (setting) => {
  const messages = (page: Page) => page.getByRole("list", { name: "Messages" });
  const connected = async (page: Page) => {
    await page.locator('.chat-state[data-open="true"]').waitFor({ state: "attached" });
    return String(await page.locator(".chat-state").textContent());
  };

  test("shows at its own address the channel that is live", async () => {
    setting.house.channels.get("main-stage")?.startEncoder();
    const { page, player } = await setting.visit("/");
    await player("playing");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("main-stage");
    const link = page.getByRole("link", { name: /^main-stage/ });
    expect(await link.getAttribute("aria-current")).toBe("page");
    expect(await link.textContent()).toMatch(/^main-stageLive/);
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
    const { page, player } = await setting.visit("/demo");
    await player("off");
    expect(await page.locator(".notice").textContent()).toContain("demo is off air");
    await page.getByRole("link", { name: /^main-stage/ }).click();
    await player("playing");
    expect(new URL(page.url()).pathname).toBe("/main-stage");
    await page.goBack();
    await page.getByText("demo is off air").waitFor();
  });

  test("says that a channel is private, and that there is none of a name", async () => {
    const { page } = await setting.visit("/backstage");
    await page.getByText("This channel is private").waitFor();
    await page.getByText("This chat is for those who may watch.").waitFor();
    await page.goto(`${setting.house.url}/nowhere`);
    await page.getByText("There is no channel nowhere").waitFor();
  });

  test("knows its guest again after a reload", async () => {
    const { page } = await setting.visit("/demo");
    const name = await connected(page);
    await page.reload();
    expect(await connected(page)).toBe(name);
  });

  test("fits 360 pixels: nothing scrolls sideways, and video, chat and the way into it are all seen", async () => {
    const { page, player } = await setting.visit("/main-stage", phone);
    await player("playing");
    const size = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth, scrollHeight];
    });
    expect(size).toEqual([360, 640]);
    for (const part of [page.locator("video"), messages(page), page.getByRole("button", { name: "Sign in to chat" })]) {
      const box = await part.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 640 && box.height > 30).toBe(true);
    }
  });

  test("is used by keyboard alone", async () => {
    const { page, player } = await setting.visit("/main-stage");
    await player("playing");
    const reached = new Set<string>();
    for (let presses = 0; presses < 24; presses += 1) {
      await page.keyboard.press("Tab");
      reached.add(
        await page.evaluate(() => {
          const { ariaLabel, textContent } = document.activeElement as HTMLElement;
          return ariaLabel ?? textContent ?? "";
        }),
      );
    }
    for (const name of [
      "Onair",
      "Tap for sound",
      "Pause",
      "Sound on",
      "Live",
      "Full screen",
      "Messages",
      "Sign in to chat",
    ]) {
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
