import { expect, test } from "vitest";
import { canOpenPage } from "#cli/start/open-page.ts";

test.each([
  ["at a terminal with a screen", { DISPLAY: ":0" }, true, "linux", true],
  ["under Wayland", { WAYLAND_DISPLAY: "wayland-0" }, true, "linux", true],
  ["on macOS", {}, true, "darwin", true],
  ["where output is piped", { DISPLAY: ":0" }, false, "linux", false],
  ["in CI", { DISPLAY: ":0", CI: "1" }, true, "linux", false],
  ["over a connection without a screen", {}, true, "linux", false],
  ["on a machine of another kind", {}, true, "win32", false],
] as const)("a page is opened or not: %s", (_, environment, isTerminal, platform, opens) => {
  expect(canOpenPage(environment, isTerminal, platform)).toBe(opens);
});
