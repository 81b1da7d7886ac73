import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "#__tests__/support/terraform.ts";
import { projectRoot } from "#cli/project.ts";
import { standInForGitHub } from "./fixture/github.ts";

const [HASH, COMMIT, HEAD] = ["a".repeat(64), "1".repeat(40), "2".repeat(40)];
const REPOSITORY = "repos/example/onair";
let folder: string;
const write = (name: string, value: unknown) =>
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workflow-"));
  write("review.md", "## Plan\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A command of the workflows, whose `gh` answers lists by path, and writes down what it is to send. */
async function workflow(args: readonly string[], lists: Readonly<Record<string, unknown>> = {}) {
  const github = standInForGitHub(folder, lists);
  const all = ["--import", "tsx", "cli/workflow/main.ts", ...args];
  const finished = await run(process.execPath, all, projectRoot, { ...process.env, ...github.environment });
  return { ...finished, sent: github.sent() };
}

const review = (labels: readonly string[], refused = false) => ({
  ...{ schemaVersion: 1, refused, labels },
  stacks: [{ stack: "platform", hash: HASH, idle: labels.includes("no-changes"), counts: { drift: 0 } }],
});
const marked = `<!-- onair-review {"commit":"${HEAD}","hashes":{"platform":"${HASH}"}} -->\n## Plan\n\nPlanned at ${HEAD}.\n`;
const ours = { id: 12, node_id: "IC_12", body: marked, user: { login: "github-actions[bot]" } };
const merged = {
  ...{ number: 5, merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: COMMIT },
  ...{ head: { sha: HEAD }, base: { ref: "main" } },
};

describe("the comment", () => {
  it("is written once, and then anew", async () => {
    write("review.json", review(["add-or-update"]));
    const args = ["comment", folder, "--number", "5", "--commit", HEAD];
    const first = await workflow(args, { [`${REPOSITORY}/issues/5/comments`]: [] });
    expect(first.sent).toEqual([{ method: "POST", path: `${REPOSITORY}/issues/5/comments`, input: { body: marked } }]);
    const second = await workflow(args, { [`${REPOSITORY}/issues/5/comments`]: [ours] });
    expect(second.sent).toMatchObject([{ method: "PATCH", path: `${REPOSITORY}/issues/comments/12` }]);
  });
});

describe("a pull request that destroys", () => {
  const lists = (role: string) => ({
    [`${REPOSITORY}/issues/5/labels`]: [{ name: "destroy-approved" }, { name: "no-changes" }],
    [`${REPOSITORY}/issues/5/events`]: [
      { event: "labeled", actor: { login: "ana" }, label: { name: "destroy-approved" } },
    ],
    [`${REPOSITORY}/collaborators/ana/permission`]: { role_name: role },
  });
  const args = () => ["judge", folder, "--number", "5"];

  it("passes by an owner's label, and is marked", async () => {
    write("review.json", review(["destroy"]));
    expect(await workflow(args(), lists("admin"))).toMatchObject({
      status: 0,
      sent: [
        { method: "POST", input: { labels: ["destroy"] } },
        { method: "DELETE", path: `${REPOSITORY}/issues/5/labels/no-changes` },
      ],
    });
  });

  it("does not pass by the label of somebody who owns nothing", async () => {
    write("review.json", review(["destroy"]));
    const { status, stderr } = await workflow(args(), lists("write"));
    expect([status, stderr]).toEqual([1, expect.stringContaining("an owner must set the label destroy-approved")]);
  });
});

describe("the reviewed hash of a merge", () => {
  const args = ["reviewed", "platform", "--commit", COMMIT];

  it("is that of the pull request's last push", async () => {
    const lists = {
      [`${REPOSITORY}/commits/${COMMIT}/pulls`]: [{ ...merged, merged_at: null, number: 4 }, merged],
      [`${REPOSITORY}/issues/5/comments`]: [ours],
    };
    expect(await workflow(args, lists)).toMatchObject({ status: 0, stdout: `${HASH}\n` });
  });

  it("is refused for a commit that no pull request was merged as, and for a push that was not planned", async () => {
    const alone = await workflow(args, { [`${REPOSITORY}/commits/${COMMIT}/pulls`]: [] });
    expect(alone.stderr).toContain(`${COMMIT} is what no pull request was merged as into main.`);
    const later = await workflow(args, {
      [`${REPOSITORY}/commits/${COMMIT}/pulls`]: [{ ...merged, head: { sha: "3".repeat(40) } }],
      [`${REPOSITORY}/issues/5/comments`]: [ours],
    });
    expect([alone.status, later.status]).toEqual([1, 1]);
    expect(later.stderr).toContain(`Pull request 5 has no plan of platform at ${"3".repeat(40)}.`);
  });

  it("is refused with GitHub's own words where GitHub does not answer", async () => {
    const { status, stderr } = await workflow(args);
    expect([status, stderr]).toEqual([1, expect.stringContaining("gh: Not Found (HTTP 404)")]);
  });
});

describe("drift", () => {
  it("opens an issue for a stack, closes that of a clean one, and tells what converge left", async () => {
    mkdirSync(join(folder, "drift"));
    write("drift/platform.json", review(["add-or-update"]));
    write("drift/platform.md", "What differs.");
    write("drift/state.json", review(["no-changes"]));
    write("drift/state.md", "Nothing to do.");
    write("drift/converge.txt", "left: one room");
    const bot = { login: "github-actions[bot]" };
    const { sent } = await workflow(["drift", join(folder, "drift"), "--converge", "1"], {
      [`${REPOSITORY}/issues`]: [{ number: 3, title: "Drift: state", user: bot }],
    });
    expect(sent).toEqual(
      expect.arrayContaining([
        { method: "POST", path: `${REPOSITORY}/issues`, input: { title: "Drift: platform", body: "What differs." } },
        { method: "PATCH", path: `${REPOSITORY}/issues/3`, input: { state: "closed" } },
        {
          method: "POST",
          path: `${REPOSITORY}/issues`,
          input: { title: "Drift: converge", body: "```\nleft: one room\n```" },
        },
      ]),
    );
  });
});

describe("a release", () => {
  it("is a version of three numbers", async () => {
    const { status, stderr } = await workflow(["changelog", "1.0;id"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('"1.0;id" is no version.')]);
  });
});
