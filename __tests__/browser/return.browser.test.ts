import { expect, test } from "vitest";
import { officialPlayerChosen } from "./fixture/visit.ts";
import { withHouse } from "./fixture/with-house.ts";

withHouse("without a reload", (setting) => {
  test("the page begins when the stream does, goes off air with it, and comes back", async () => {
    const { house, visit } = setting;
    const visits = [await visit("/main-stage"), await visit("/main-stage", officialPlayerChosen(house))];
    const everywhere = (phase: "playing" | "off") => Promise.all(visits.map(({ player }) => player(phase)));
    await everywhere("off");
    for (const { page } of visits) {
      expect(await page.locator(".notice").textContent()).toContain("main-stage is off air");
      await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    }

    const encoder = house.channels.get("main-stage")?.startEncoder();
    await everywhere("playing");

    await encoder?.kill();
    await everywhere("off");

    const second = house.channels.get("main-stage")?.startEncoder();
    await everywhere("playing");

    // Ended in order, and begun again at once: the page may never see that it was off air.
    const startedAt = async () => {
      const response = await fetch(`${house.url}/api/public/channels/main-stage`);
      return ((await response.json()) as { startedAt?: string }).startedAt;
    };
    const before = await startedAt();
    await second?.end();
    house.channels.get("main-stage")?.startEncoder();
    const isAnother = (started: string | undefined) => started !== undefined && started !== before;
    await expect.poll(async () => isAnother(await startedAt()), { timeout: 20_000 }).toBe(true);
    await everywhere("playing");
    for (const { page } of visits) {
      const before = await page.locator("video").evaluate((video: HTMLVideoElement) => video.currentTime);
      await page.waitForFunction(
        (seconds) => (document.querySelector("video")?.currentTime ?? 0) > seconds + 3,
        before,
      );
      expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    }
  });
});
