import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { PASSWORD, type Person, ready, signUpAs } from "../end-to-end/fixture/people.ts";
import { officialPlayerChosen } from "./fixture/visit.ts";
import { withHouse } from "./fixture/with-house.ts";

/** A page draws when its server has answered, which a busy machine puts off. */
const patience = { timeout: 20_000 };
const engines = ["hls.js", "amazon-ivs-player"] as const;

/** How often a page has asked for a token, the addresses it played, and what it wrote into the console. */
function watchTokens(page: Page) {
  const seen = { asked: 0, tokens: new Set<string>(), console: [] as string[] };
  page.on("console", (message) => seen.console.push(`${message.text()} ${message.location().url}`));
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/playback-token")) seen.asked += 1;
    const token = new URL(request.url()).searchParams.get("token");
    if (token) seen.tokens.add(token);
  });
  return seen;
}

/** All that a page keeps and shows. */
const keptBy = (page: Page) =>
  page.evaluate(() =>
    [
      ...[location.href, document.referrer, document.documentElement.outerHTML, document.cookie],
      ...[JSON.stringify(history.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })],
    ].join("\n"),
  );

/** Whether the picture moves. */
const moves = async (page: Page) => {
  const time = () => page.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime);
  const before = await time();
  await expect.poll(time, patience).toBeGreaterThan(before + 1);
};

withHouse("a private channel", (setting) => {
  let ann: Person;
  let bob: Person;
  /** Ann's channel, and Bob's. */
  let room = "";
  let bobs = "";

  const optionsOf = (engine: (typeof engines)[number]) =>
    engine === "hls.js" ? {} : officialPlayerChosen(setting.house);
  const enter = async (person: Person, path: string, engine: (typeof engines)[number] = "hls.js") => {
    const visit = await setting.visit(path, optionsOf(engine));
    await visit.signIn(person.email);
    return visit;
  };
  const revoke = async () => {
    const body = { userIds: [bob.sub], reason: "a test" };
    const { status } = await ann.call({ method: "POST", path: `/stream/channels/${room}/revocations`, body });
    expect(status).toBe(204);
  };
  const card = (page: Page) => page.getByRole("region", { name: "Who may watch" });

  beforeAll(async () => {
    const { platform, channels } = setting.house;
    channels.get("backstage")?.startEncoder();
    ann = await signUpAs(platform, "Ann");
    bob = await signUpAs(platform, "Bob");
    ({ name: room } = await ready(ann));
    ({ name: bobs } = await ready(bob));
  });

  test.each(engines)(
    "asks to sign in, then plays in %s with a token that is nowhere but in its address",
    async (engine) => {
      const { page, player } = await setting.visit("/backstage", optionsOf(engine));
      const seen = watchTokens(page);
      await page.getByText("This channel is private").waitFor();
      const link = page.getByRole("link", { name: /backstage/i });
      await link.getByRole("img", { name: "Private" }).waitFor();
      await page.getByText("This chat is for those who may watch.").waitFor();
      expect(seen.asked).toBe(0);
      await page.getByRole("button", { name: "Sign in to watch" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("E-mail").fill(bob.email);
      await dialog.getByLabel("Password").fill(PASSWORD);
      await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
      await player("playing");
      await moves(page);
      expect(await page.locator("video").getAttribute("crossorigin")).toBe("anonymous");
      expect(await page.locator(".player").getAttribute("data-engine")).toBe(engine);
      expect(new URL(page.url()).pathname).toBe("/backstage");
      expect([seen.asked, seen.tokens.size]).toEqual([1, 1]);
      const [token = ""] = seen.tokens;
      expect(token).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(await keptBy(page)).not.toContain(token);
      expect(seen.console.join("\n")).not.toContain(token);
    },
  );

  test("plays when the API is not too busy any more, which is asked after the time that it says", async () => {
    const { page, player, signIn } = await setting.visit("/backstage");
    const asked: number[] = [];
    await page.route("**/playback-token", async (route) => {
      asked.push(Date.now());
      if (asked.length > 1) return route.continue();
      const body = JSON.stringify({ status: 503, code: "BUSY", title: "Too much is going on right now." });
      await route.fulfill({
        status: 503,
        headers: { "retry-after": "1" },
        contentType: "application/problem+json",
        body,
      });
    });
    await signIn(bob.email);
    await page.getByText("Many people want to watch right now").waitFor();
    await player("playing");
    const [first = 0, second = 0] = asked;
    expect(second - first).toBeGreaterThanOrEqual(1000);
  });

  test("is made so by its owner, who lists a viewer: until then the viewer is told why not", async () => {
    const { house } = setting;
    const { page: owner } = await enter(ann, "/me");
    await card(owner).getByRole("radio", { name: "People I list", exact: true }).check();
    await card(owner).getByRole("button", { name: "Save" }).click();
    await card(owner).getByText("Saved.").waitFor();
    const { body: me } = await ann.call({ path: "/stream/me" });
    expect(me).toMatchObject({ access: "private", audience: "listed" });

    await house.goLive(me.channel.arn);
    const { page, player } = await enter(bob, `/${room}`);
    await page.getByText("You may not watch this channel").waitFor(patience);
    await page
      .getByText(/is for people whom its owner has listed/)
      .first()
      .waitFor();
    await card(owner).getByRole("radio", { name: "Everyone", exact: true }).check();
    await card(owner).getByRole("button", { name: "Save" }).click();
    await card(owner)
      .getByText(/End the stream, then save again/)
      .waitFor();
    await card(owner).getByRole("radio", { name: "People I list", exact: true }).check();

    const name = card(owner).getByLabel("Name of their channel");
    await name.fill("nobody-at-all");
    await card(owner).getByRole("button", { name: "Add" }).click();
    await card(owner).getByText("There is no channel nobody-at-all.").waitFor();
    await name.fill(bobs);
    await card(owner).getByRole("button", { name: "Add" }).click();
    await card(owner).getByRole("list", { name: "People who may watch" }).getByText("Bob", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await player("playing");
    await moves(page);
  });

  test("goes on after a viewer's sessions were ended, with one new token; not after it ends at once again", async () => {
    const visits = await Promise.all(engines.map((engine) => enter(bob, `/${room}`, engine)));
    const seen = visits.map(({ page }) => watchTokens(page));
    for (const { player } of visits) await player("playing");
    const asked = () => seen.map((one) => one.asked);
    const before = asked();
    await revoke();
    await expect.poll(asked, patience).toEqual(before.map((count) => count + 1));
    for (const { page, player } of visits) {
      await player("playing");
      await moves(page);
    }
    expect(asked()).toEqual(before.map((count) => count + 1));

    for (const { page, player } of visits) {
      const again = page.getByRole("button", { name: "Try again" });
      for (let tries = 0; tries < 4 && (await again.count()) === 0; tries += 1) {
        await revoke();
        await again.waitFor({ timeout: 5000 }).catch(() => undefined);
      }
      await page.getByText("You cannot watch this now").waitFor();
      await again.click();
      await player("playing");
    }
  });

  test("is shown no more to who is taken off its list, who is told so, in either player", async () => {
    const visits = await Promise.all(engines.map((engine) => enter(bob, `/${room}`, engine)));
    const { page: owner } = await enter(ann, "/me");
    for (const { player } of visits) await player("playing");
    await card(owner)
      .getByRole("button", { name: `Remove ${bobs}` })
      .click();
    await card(owner).getByText("Nobody but you").waitFor();
    for (const { page } of visits) await page.getByText("You may not watch this channel").waitFor(patience);
  });
});
