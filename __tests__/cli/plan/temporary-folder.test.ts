import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withTemporaryFolder } from "#cli/plan/temporary-folder.ts";

describe("the folder of plans", () => {
  it("is the user's alone, and gone afterwards", async () => {
    const folder = await withTemporaryFolder(async (made) => {
      writeFileSync(join(made, "tfplan"), "secret");
      expect(statSync(made).mode & 0o777).toBe(0o700);
      return made;
    });
    expect(existsSync(folder)).toBe(false);
  });

  it("is gone after a failure, too, and leaves nobody waiting for the end of the process", async () => {
    const listeners = process.listenerCount("exit");
    let folder = "";
    const failed = withTemporaryFolder(async (made) => {
      folder = made;
      throw new Error("planning failed");
    });
    await expect(failed).rejects.toThrow("planning failed");
    expect(existsSync(folder)).toBe(false);
    expect(process.listenerCount("exit")).toBe(listeners);
  });
});
