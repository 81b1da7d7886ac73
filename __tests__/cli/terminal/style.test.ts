import { describe, expect, test } from "vitest";
import { detectStyle, encode, paint, symbol } from "#cli/terminal/style.ts";

const tty = { isTTY: true, columns: 100 };
const pipe = {};

describe("detectStyle", () => {
  test.each([
    ["a terminal", tty, {}, true],
    ["a pipe", pipe, {}, false],
    ["a terminal under NO_COLOR", tty, { NO_COLOR: "1" }, false],
    ["a terminal under an empty NO_COLOR", tty, { NO_COLOR: "" }, true],
    ["a dumb terminal", tty, { TERM: "dumb" }, false],
    ["a pipe under FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, true],
    ["a pipe under FORCE_COLOR and NO_COLOR", pipe, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["a terminal under FORCE_COLOR=0", tty, { FORCE_COLOR: "0" }, false],
  ])("colours %s: %#", (_name, stream, environment, color) => {
    expect(detectStyle(stream, environment).color).toBe(color);
  });

  test("repaints on a terminal, not in a pipe, not on a dumb one, not in CI", () => {
    expect(detectStyle(tty, {}).live).toBe(true);
    expect(detectStyle(pipe, { FORCE_COLOR: "1" }).live).toBe(false);
    expect(detectStyle(tty, { TERM: "dumb" }).live).toBe(false);
    expect(detectStyle(tty, { CI: "1" }).live).toBe(false);
  });

  test.each([
    [{ LANG: "en_US.UTF-8" }, true],
    [{ LANG: "C.utf8" }, true],
    [{ LANG: "C" }, false],
    [{}, false],
    [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, false],
    [{ LANG: "C", LC_CTYPE: "de_DE.UTF-8" }, true],
  ])("reads the locale of %j", (environment, unicode) => {
    expect(detectStyle(pipe, environment).unicode).toBe(unicode);
  });
});

const plain = { color: false, live: false, unicode: false, columns: 80 };

test("says symbols and signs in ASCII where the locale has nothing else", () => {
  expect(symbol(plain, "done")).toBe("ok");
  expect(encode(plain, "Löwe → 1…")).toBe("L?we -> 1...");
  expect(encode({ ...plain, unicode: true }, "Löwe → 1…")).toBe("Löwe → 1…");
});

test("writes no escape code where there are no colours", () => {
  expect(paint(plain, "red", "x")).toBe("x");
  expect(paint({ ...plain, color: true }, "red", "x")).toBe("\u001b[31mx\u001b[0m");
});
