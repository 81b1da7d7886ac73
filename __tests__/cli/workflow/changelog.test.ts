import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTerminal } from "#cli/terminal/terminal.ts";
import { changelog, commitsOf } from "#cli/workflow/changelog.ts";
import { writeChangelog } from "#cli/workflow/write-changelog.ts";

describe("the changelog", () => {
  it("lists commits since the release before, the oldest first", () => {
    const commits = commitsOf("bbbbbbb\tSecond\naaaaaaa\tFirst\n");
    expect(changelog("v1.1.0", "v1.0.0", commits)).toBe(
      "## v1.1.0\n\nSince v1.0.0.\n\n- First (aaaaaaa)\n- Second (bbbbbbb)\n",
    );
  });

  it("of a first release has all, and of an empty one says so", () => {
    expect(changelog("v0.1.0", undefined, [])).toBe("## v0.1.0\n\nAll commits.\n\n- Nothing.\n");
  });

  it("cannot be made to mention, to link or to show HTML", () => {
    const [line] = changelog("v1.0.0", undefined, commitsOf("a\t@all [x](y) <b> `c`")).split("\n").slice(4);
    expect(line).toBe("- @\u200ball \\[x\\](y) \\<b\\> \\`c\\` (a)");
  });

  it("is not an empty one where git tells no commits", () => {
    const folder = mkdtempSync(join(tmpdir(), "no-repository-"));
    const output = { write: () => true };
    const terminal = createTerminal({ stdout: output, stderr: output, environment: {} });
    expect(() => writeChangelog(terminal, "1.0.0", folder)).toThrow(/^git log failed: .*not a git repository/);
    rmSync(folder, { recursive: true });
  });
});
