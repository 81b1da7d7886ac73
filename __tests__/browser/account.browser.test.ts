import { expect, test } from "vitest";
import { mailedCode, PASSWORD } from "../end-to-end/fixture/people.ts";
import { withHouse } from "./fixture/with-house.ts";

const email = "nora@example.com";

withHouse("somebody who is new", (setting) => {
  test("signs up, confirms the mailed code, gets a channel, chats on it, and signs out", async () => {
    const { page, say } = await setting.visit("/main-stage");
    await page.getByRole("button", { name: "Sign in / Sign up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "I am new here" }).click();
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("Nickname").fill("Nora");
    await dialog.getByLabel("Password").fill("weak");
    await dialog.getByRole("button", { name: "Sign up" }).click();
    await dialog.getByText("It wants 10 characters, a capital letter").waitFor();
    await dialog.getByLabel("Password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign up" }).click();

    await dialog.getByText(`A mail with a code is on its way to ${email}.`).waitFor();
    expect(await dialog.getByRole("button", { name: "Send another code" }).isDisabled()).toBe(true);
    const code = await mailedCode(setting.house.platform, email);
    const other = code === "000000" ? "111111" : "000000";
    await dialog.getByLabel("Code").fill(other);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await dialog.getByText("This code is not right.").waitFor();
    await dialog.getByLabel("Code").fill(code);
    await dialog.getByRole("button", { name: "Confirm" }).click();

    await page.getByRole("heading", { name: "Go live" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/me");
    expect(await page.getByRole("textbox", { name: "Server" }).inputValue()).toMatch(/^rtmps:\/\/.+:443\/app\/$/);
    const key = page.getByRole("textbox", { name: "Stream key" });
    expect(await key.inputValue()).toMatch(/^•+$/);
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("button", { name: "Hide" }).waitFor();
    expect(await key.inputValue()).toMatch(/^sk_/);
    await page.getByLabel("Title").fill("Clouds over the harbour");
    const seen = page.getByRole("region", { name: "What others see" });
    await seen.getByRole("button", { name: "Save" }).click();
    await seen.getByText("Saved.").waitFor();

    await page.getByRole("link", { name: "Watch it" }).click();
    await page.getByText("Clouds over the harbour").waitFor();
    await page.locator('.chat-state[data-open="true"]').waitFor({ state: "attached" });
    await say("Hello from my own channel");
    const line = page.getByRole("list", { name: "Messages" }).getByText("Hello from my own channel");
    await line.waitFor();
    expect(await page.locator(".message-name").textContent()).toBe("Noraowner (you)");

    const kept = await page.evaluate(() => Object.keys(localStorage).map((key) => key.split(".").at(-1)));
    expect(kept).toContain("refreshToken");
    expect(kept).not.toContain("accessToken");
    await page.reload();
    await page.getByRole("link", { name: "Nora" }).first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in to chat" }).waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("Cognito")))).toEqual([]);
  });

  test("who came to write signs in, and is where they write", async () => {
    const { page } = await setting.visit("/demo");
    await page.getByRole("button", { name: "Sign in to chat" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("Password").fill("Wrong-Passw0rd");
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await dialog.getByText("The address or the password is not right.").waitFor();
    await dialog.getByLabel("Password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await expect.poll(focused, { timeout: 10_000 }).toBe("Message");
    expect(new URL(page.url()).pathname).toBe("/demo");
  });
});
