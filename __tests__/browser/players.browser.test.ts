import { PutMetadataCommand } from "@aws-sdk/client-ivs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { officialPlayerChosen } from "./fixture/visit.ts";
import { withHouse } from "./fixture/with-house.ts";

const minute = 60_000;

/** Everything that the player showed from now on, and how far it is. */
const record = (page: Page) =>
  page.locator(".player").evaluate((player) => {
    const phases: (string | null)[] = [];
    new MutationObserver(() => phases.push(player.getAttribute("data-phase"))).observe(player, {
      attributeFilter: ["data-phase"],
    });
    const video = player.querySelector("video");
    Object.assign(window, { recorded: () => ({ phases, seconds: video?.currentTime ?? 0 }) });
  });

const recorded = (page: Page) =>
  page.evaluate(() => (window as unknown as { recorded: () => { phases: string[]; seconds: number } }).recorded());

withHouse("each player", (setting) => {
  test("plays for a minute, from before any timed metadata was sent, and fires a late first one", async () => {
    const { house, visit } = setting;
    const channel = house.channels.get("main-stage");
    channel?.startEncoder();
    const visits = [await visit("/main-stage"), await visit("/main-stage", officialPlayerChosen(house))];
    for (const { player, page } of visits) {
      await player("playing");
      await record(page);
    }
    const before = await Promise.all(visits.map(({ page }) => recorded(page)));

    await new Promise((resolve) => setTimeout(resolve, minute / 2));
    for (const metadata of ["first question", `{"question":"Why? 👋"}`]) {
      await house.ivs.send(new PutMetadataCommand({ channelArn: channel?.arn, metadata }));
    }
    await new Promise((resolve) => setTimeout(resolve, minute / 2));

    for (const [index, { page }] of visits.entries()) {
      const { phases, seconds } = await recorded(page);
      // Two players decode on the cores that encode for them: a machine under load may hold one up for a moment.
      expect(phases.filter((phase) => phase !== "waiting" && phase !== "playing")).toEqual([]);
      expect(phases.at(-1) ?? "playing").toBe("playing");
      expect(seconds - (before[index]?.seconds ?? 0)).toBeGreaterThan((minute / 1000) * 0.9);
      const cues = await page.getByRole("list", { name: "Timed metadata" }).locator("li").allTextContents();
      expect(cues.map((cue) => cue.replace(/^.*?cue: /, ""))).toEqual(["first question", `{"question":"Why? 👋"}`]);
    }
    const engines = await Promise.all(visits.map(({ page }) => page.locator(".player").getAttribute("data-engine")));
    expect(engines).toEqual(["hls.js", "amazon-ivs-player"]);
  });
});
