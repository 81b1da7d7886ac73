import { describe, expect, test } from "vitest";
import { terraformPlatform } from "#local/archive-provider/platform.ts";

describe("Terraform's name of a machine", () => {
  test.each([
    ["linux", "x64", "linux_amd64"],
    ["linux", "arm64", "linux_arm64"],
    ["darwin", "arm64", "darwin_arm64"],
    ["darwin", "x64", "darwin_amd64"],
  ])("of %s %s is %s", (system, processor, name) => {
    expect(terraformPlatform(system, processor)).toBe(name);
  });

  test.each([
    ["win32", "x64"],
    ["linux", "riscv64"],
  ])("is refused for %s %s", (system, processor) => {
    expect(() => terraformPlatform(system, processor)).toThrow(
      `the local cloud runs on Linux and macOS, amd64 and arm64, got ${system} ${processor}`,
    );
  });
});
