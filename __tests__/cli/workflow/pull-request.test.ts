import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTerminal } from "#cli/terminal/terminal.ts";
import { answerReviewed, tellStopped, writeComment } from "#cli/workflow/pull-request.ts";
import { standInForGitHub } from "./fixture/github.ts";

const [HASH, OTHER, COMMIT, HEAD] = ["a".repeat(64), "b".repeat(64), "1".repeat(40), "2".repeat(40)];
const ISSUE = "repos/example/onair/issues/5";
const PULLS = `repos/example/onair/commits/${COMMIT}/pulls`;
let folder: string;
let sent: ReturnType<typeof standInForGitHub>["sent"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pull-request-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const onGitHub = (answers: Readonly<Record<string, unknown>>) => {
  const github = standInForGitHub(folder, answers);
  for (const [name, value] of Object.entries(github.environment)) vi.stubEnv(name, value);
  sent = github.sent;
};
const body = (commit = HEAD, hash = HASH) =>
  `<!-- onair-review {"commit":"${commit}","hashes":{"platform":"${hash}"}} -->\n## Plan\n\nPlanned at ${commit}.\n`;
const comment = (text = body(), editor: unknown = null) => ({
  ...{ id: 12, node_id: "IC_12", body: text, editor },
  user: { login: "github-actions[bot]" },
});
const bot = { __typename: "Bot", login: "github-actions" };
const person = { __typename: "User", login: "mallory" };

describe("the comment of a pull request, written again", () => {
  const labels = [{ name: "destroy" }, { name: "destroy-approved" }];
  const written = (comments: readonly unknown[], present: readonly unknown[] = labels) => {
    onGitHub({ [`${ISSUE}/comments`]: comments, [`${ISSUE}/labels`]: present });
    const review = {
      ...{ schemaVersion: 1, refused: false, labels: ["destroy"] },
      stacks: [{ stack: "platform", hash: HASH, idle: false, counts: { drift: 0 } }],
    };
    const files = { review: join(folder, "review.json"), summary: join(folder, "review.md") };
    writeFileSync(files.review, JSON.stringify(review));
    writeFileSync(files.summary, "## Plan\n");
    writeComment(5, files, HEAD);
    return sent().map(({ method, path }) => `${method} ${path}`);
  };
  const taken = `DELETE ${ISSUE}/labels/destroy-approved`;
  const anew = "PATCH repos/example/onair/issues/comments/12";

  it("keeps the approval to destroy where it says the same commit and the same changes", () => {
    expect(written([comment()])).toEqual([anew]);
    expect(written([comment(body(), bot)])).toEqual([anew]);
  });

  it("takes the approval off first where the commit or the changes are others", () => {
    expect(written([comment(body(COMMIT))])).toEqual([taken, anew]);
    expect(written([comment(body(HEAD, OTHER))])).toEqual([taken, anew]);
  });

  it("takes off an approval that was given before there was a comment, or on one that somebody edited", () => {
    expect(written([])).toEqual([taken, `POST ${ISSUE}/comments`]);
    expect(written([comment(body(), person)])).toEqual([taken, `POST ${ISSUE}/comments`]);
  });

  it("goes on where there is no approval to take off", () => {
    expect(written([], [])).toEqual([`POST ${ISSUE}/comments`]);
  });
});

describe("the reviewed hash", () => {
  const pull = {
    ...{ number: 5, merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: COMMIT },
    ...{ head: { sha: HEAD }, base: { ref: "main" } },
  };
  const reviewed = (pulls: readonly unknown[], comments: readonly unknown[] = [comment()]) => {
    onGitHub({ [PULLS]: pulls, [`${ISSUE}/comments`]: comments });
    const answers: string[] = [];
    const output = { write: (text: string) => answers.push(text) };
    answerReviewed(createTerminal({ stdout: output, stderr: output, environment: {} }), COMMIT, "platform");
    return answers.join("");
  };

  it("is that of the pull request which was merged into this branch as this commit", () => {
    const others = [
      { ...pull, number: 3, base: { ref: "other" } },
      { ...pull, number: 4, merge_commit_sha: HEAD },
      { ...pull, number: 2, merged_at: null },
    ];
    expect(reviewed([...others, pull])).toBe(`${HASH}\n`);
    expect(() => reviewed(others)).toThrow(
      expect.objectContaining({
        code: "NOT_REVIEWED",
        why: `${COMMIT} is what no pull request was merged as into main.`,
      }),
    );
  });

  it("is not taken from a comment of ours that somebody else has edited", () => {
    expect(reviewed([pull], [comment(body(), bot)])).toBe(`${HASH}\n`);
    const impostor = { __typename: "User", login: "github-actions" };
    for (const editor of [person, impostor]) {
      expect(() => reviewed([pull], [comment(body(), editor)])).toThrow(
        expect.objectContaining({ why: `Pull request 5 has no plan of platform at ${HEAD}.` }),
      );
    }
  });

  it("is missed aloud: the pull request is told what the stopped command said", () => {
    onGitHub({ [PULLS]: [pull] });
    writeFileSync(join(folder, "stopped.txt"), "The state is locked.\n  Somebody plans.\n  Wait.  LOCK_HELD\n");
    tellStopped(COMMIT, folder);
    expect(sent()).toEqual([
      {
        method: "POST",
        path: `${ISSUE}/comments`,
        input: {
          body:
            `## Not applied\n\n${COMMIT} was merged, and its changes were not applied, or not all.\n\n` +
            "```text\nThe state is locked.\n  Somebody plans.\n  Wait.  LOCK_HELD\n```",
        },
      },
    ]);
  });
});
