import { describe, expect, it } from "vitest";
import { stoppedBody } from "#cli/workflow/stopped.ts";

describe("what a pull request is told that was not applied", () => {
  it("has the last lines of what was said, as they are, and what was answered", () => {
    const said = ["progress", ...Array.from({ length: 8 }, (_, line) => `\u001b[31mline ${line}\u001b[0m`), ""].join(
      "\n",
    );
    const body = stoppedBody("1234", "## Not what was reviewed\n", said);
    expect(body).toBe(
      "## Not applied\n\n1234 was merged, and its changes were not applied, or not all.\n\n" +
        "```text\nline 0\nline 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\n```\n\n## Not what was reviewed",
    );
  });

  it("cannot leave its block, and is not longer than GitHub takes", () => {
    expect(stoppedBody("1234", "", "``````\n@all <b>").match(/```/g)).toHaveLength(2);
    expect(stoppedBody("1234", "a".repeat(70_000), "b".repeat(70_000)).length).toBe(65_000);
  });

  it("is sent to the log where nothing was said", () => {
    expect(stoppedBody("1234", "", "")).toMatch(/The log of the job says why\.$/);
  });
});
