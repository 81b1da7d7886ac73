import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCommit } from "#cli/plan/commit.ts";

const folder = mkdtempSync(join(tmpdir(), "onair-commit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const git = (...words: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=team", "-c", "user.email=team@example.com", ...words], { cwd: folder });

describe("the commit of a checkout", () => {
  it("is unknown outside of git", async () => {
    expect(await readCommit(folder)).toEqual({});
  });

  it("says whether files differ from it", async () => {
    git("init", "-q");
    git("commit", "-q", "--allow-empty", "-m", "first");
    const commit = expect.stringMatching(/^[0-9a-f]{40,64}$/);
    expect(await readCommit(folder)).toEqual({ commit, dirty: false });
    writeFileSync(join(folder, "new.txt"), "");
    expect(await readCommit(folder)).toEqual({ commit, dirty: true });
  });
});
