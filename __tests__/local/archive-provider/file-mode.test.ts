import { describe, expect, test } from "vitest";
import { parseFileMode } from "#local/archive-provider/file-mode.ts";

describe("output_file_mode", () => {
  test.each([
    ["0644", 0o644],
    ["0o755", 0o755],
    ["0O755", 0o755],
    ["0x1A4", 0o644],
    ["0b110100100", 0o644],
    ["0", 0],
    ["0_644", 0o644],
  ])("%s is octal, hexadecimal or binary by its prefix", (text, mode) => {
    expect(parseFileMode(text)).toBe(mode);
  });

  test("644 without a leading zero is decimal, and means 204 in octal", () => {
    expect(parseFileMode("644")).toBe(0o204);
  });

  test.each([
    "rw-r--r--",
    "0o",
    "0x",
    "-0644",
    "+0644",
    "0648",
    "0b2",
    "6.44",
    " 0644",
    "0__644",
    "0644_",
    "4294967296",
    "0x1ffffffff",
  ])("refuses %s", (text) => {
    expect(() => parseFileMode(text)).toThrow(`error parsing output_file_mode value: ${text}`);
  });
});
